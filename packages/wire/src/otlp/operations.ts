import type { Operation } from '../operation.ts';
import { exportRequest, exportResponse } from './schemas.ts';

/** OpenTelemetry: spans in. */
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
} as const satisfies Record<string, Operation>;
