import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../observe/metrics.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Name of the operation, for metrics and logs. */
    operation?: string;
  }
}

/** Slower than this is worth a line in the log. */
const slowMs = 1_000;

/** Counts and times every answer; a line for each at `debug`, at `warn` for those that were slow or failed. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode: status, elapsedTime: durationMs } = reply;
    const operation = request.routeOptions.config.operation ?? 'none';
    metrics.request({ operation, status, durationMs });
    const isStream = String(reply.getHeader('content-type')).startsWith('text/event-stream');
    const isSlow = durationMs > slowMs && !isStream;
    const level = status >= 500 || isSlow ? 'warn' : 'debug';
    request.log[level]({ operation, status, durationMs: Math.round(durationMs) }, 'answered');
  });
}
