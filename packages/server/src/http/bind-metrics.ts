import { randomUUID } from 'node:crypto';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { answerMalformed } from './answer-malformed.ts';
import { Problem } from '../domain/problem.ts';
import type { Edge } from './edge.ts';
import { guardAnswer, guardAnswers, requireAnsweredHost } from './guard-answers.ts';
import { sendProblem } from './send-problem.ts';
import { serveMetrics } from './serve-metrics.ts';
import type { MetricsRoute } from './serve-metrics.ts';

export interface BindMetricsOptions extends MetricsRoute {
  readonly edge: Edge;
  readonly logger: FastifyBaseLogger;
}

/** The metrics on their own port, and nothing else. */
export function bindMetrics(options: BindMetricsOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    requestTimeout: 10_000,
    clientErrorHandler: answerMalformed,
    // Node.js would answer on its own, with nothing in it.
    http: { requireHostHeader: false },
    frameworkErrors: (error, request, reply) => {
      guardAnswer(request, reply, options.edge);
      sendProblem(error, request, reply);
    },
  });
  guardAnswers(app, options.edge);
  requireAnsweredHost(app, options.edge);
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request, reply) => sendProblem(onlyMetrics, request, reply));
  serveMetrics(app, options);
  return app;
}

const onlyMetrics = new Problem('not_found', 'There is nothing but GET /metrics on this port.');
