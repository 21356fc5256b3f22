import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import type { TargetKind } from '../domain/alert-target.ts';

/** What an attempt to deliver came to; `failed`: it is tried again. */
type DeliveryOutcome = 'delivered' | 'failed' | 'dead';

export type CountDelivery = (kind: TargetKind, outcome: DeliveryOutcome) => void;

export function createDeliveryMetrics(registry: Registry): CountDelivery {
  const attempts = new Counter({
    name: 'honeyhive_alert_delivery_attempts_total',
    help: 'Attempts to deliver notifications of alerts: delivered, failed (and retried), or dead.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  return (kind, outcome) => attempts.labels(kind, outcome).inc();
}
