import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** One evaluation of the alerts that are due, for one minute. */
export interface AlertRound {
  readonly alerts: number;
  /** Groups of alerts that are about the same events. */
  readonly shapes: number;
  /** Shapes that could not be evaluated. */
  readonly failed: number;
  readonly durationMs: number;
}

export interface AlertMetrics {
  alertRound(round: AlertRound): void;
}

const secondsBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60];

export function createAlertMetrics(registry: Registry): AlertMetrics {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'honeyhive_alert_round_seconds',
    help: 'Time to evaluate all alerts for one minute.',
    buckets: secondsBuckets,
    registers,
  });
  const evaluations = new Counter({
    name: 'honeyhive_alert_evaluations_total',
    help: 'Evaluations of alerts.',
    registers,
  });
  const failures = new Counter({
    name: 'honeyhive_alert_failures_total',
    help: 'Shapes of alerts that could not be evaluated.',
    registers,
  });
  return {
    alertRound({ alerts, failed, durationMs }) {
      seconds.observe(durationMs / 1000);
      evaluations.inc(alerts);
      failures.inc(failed);
    },
  };
}
