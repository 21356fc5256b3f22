import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../domain/problem.ts';
import type { Metrics } from '../observe/metrics.ts';

export interface MetricsRoute {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Bearer token that requests need; null: no token. */
  readonly metricsKey: string | null;
}

/** `GET /metrics`, for Prometheus. */
export function serveMetrics(app: FastifyInstance, { metrics, metricsKey }: MetricsRoute): void {
  const wanted = metricsKey === null ? null : hash(`Bearer ${metricsKey}`);
  app.get('/metrics', async (request, reply) => {
    if (wanted !== null) requireMetricsKey(request, wanted);
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

function requireMetricsKey({ headers }: FastifyRequest, wanted: Buffer): void {
  // Hashes are of one length, as the comparison wants.
  if (timingSafeEqual(hash(headers.authorization ?? ''), wanted)) return;
  throw new Problem(
    'unauthenticated',
    'The metrics need the key of HH_METRICS_KEY_FILE. Send `Authorization: Bearer <that key>`.',
    { issues: [{ field: 'authorization', message: 'not the key of the metrics' }] },
  );
}
