import type { Operation } from '../operation.ts';
import {
  exportLogsRequest,
  exportLogsResponse,
  exportMetricsRequest,
  exportMetricsResponse,
  exportRequest,
  exportResponse,
} from './schemas.ts';

/** OpenTelemetry: spans and log records in. */
export const otlpOperations = {
  exportTraces: {
    id: 'exportTraces',
    method: 'POST',
    paths: ['/opentelemetry/v1/traces', '/v1/traces', '/api/public/otel/v1/traces'],
    tag: 'opentelemetry',
    summary:
      'Store OpenTelemetry spans as events. JSON or protobuf; errors are a `google.rpc.Status` in the same encoding',
    access: 'ingest',
    scope: 'project',
    body: exportRequest,
    response: exportResponse,
    format: 'otlp',
    errors: ['conflict'],
    idempotent: true,
    source: { section: 'OpenTelemetry', of: 'OTLP 1.5' },
  },
  exportLogs: {
    id: 'exportLogs',
    method: 'POST',
    paths: ['/opentelemetry/v1/logs', '/v1/logs', '/api/public/otel/v1/logs'],
    tag: 'opentelemetry',
    summary:
      'Store OpenTelemetry log records: those of models join the event of their span, those of coding agents become events',
    access: 'ingest',
    scope: 'project',
    body: exportLogsRequest,
    response: exportLogsResponse,
    format: 'otlp',
    errors: ['conflict'],
    idempotent: true,
    source: { section: 'OpenTelemetry', of: 'OTLP 1.5' },
  },
  exportMetrics: {
    id: 'exportMetrics',
    method: 'POST',
    paths: ['/opentelemetry/v1/metrics', '/v1/metrics', '/api/public/otel/v1/metrics'],
    tag: 'opentelemetry',
    summary: 'Answer exporters of OpenTelemetry metrics, which are not stored',
    access: 'ingest',
    scope: 'project',
    body: exportMetricsRequest,
    response: exportMetricsResponse,
    format: 'otlp',
    errors: [],
    idempotent: true,
    source: { section: 'OpenTelemetry', of: 'OTLP 1.5' },
  },
} as const satisfies Record<string, Operation>;
