import { hasMethod } from './logger.ts';

/** What the client uses of an OpenTelemetry span. */
export interface ClientSpan {
  setAttribute(key: string, value: string | number): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}

/** What the client uses of an OpenTelemetry tracer: `trace.getTracer('my-app')` is one. */
export interface ClientTracer {
  startSpan(
    name: string,
    options?: { kind?: number; attributes?: Record<string, string | number> },
  ): ClientSpan;
}

export const isTracer = (value: unknown): value is ClientTracer =>
  typeof value === 'object' && value !== null && hasMethod(value, 'startSpan');
