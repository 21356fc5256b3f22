import { HoneyHiveError } from '../errors/errors.ts';
import type { ClientSpan, ClientTracer } from '../options/tracer.ts';
import type { Redact } from '../policy/redact.ts';
import type { Layer, WireRequest } from '../wire/pipeline.ts';

/** Numbers of the OpenTelemetry API, which is not loaded for them. */
const clientKind = 2;
const errorStatus = 2;

/**
 * Makes a client span for each attempt. Source: OpenTelemetry semantic conventions 1.23, HTTP client spans, stable.
 *
 * A tracer that fails costs no call.
 *
 * @param service address that the paths of requests are added to
 * @param redact takes keys out of the address
 */
export function trace(
  tracer: ClientTracer,
  { service, redact }: { readonly service: string; readonly redact: Redact },
): Layer {
  const { hostname, port, protocol } = new URL(service);
  const where = {
    'server.address': hostname.replace(/^\[|\]$/g, ''),
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
  };
  // The retries send the very request that they were given.
  const resends = new WeakMap<WireRequest, number>();

  const start = (request: WireRequest): ClientSpan | null => {
    const count = (resends.get(request) ?? -1) + 1;
    resends.set(request, count);
    const attributes = {
      'http.request.method': request.method,
      'url.full': redact(service + request.path),
      ...where,
      ...(count === 0 ? {} : { 'http.request.resend_count': count }),
    };
    return quietly(() => tracer.startSpan(request.method, { kind: clientKind, attributes }));
  };

  return (next) => async (request, signal) => {
    const span = start(request);
    if (span === null) return next(request, signal);
    try {
      const response = await next(request, signal);
      quietly(() => {
        span.setAttribute('http.response.status_code', response.status);
        if (response.status >= 400) fail(span, String(response.status));
      });
      return response;
    } catch (error) {
      quietly(() => fail(span, error instanceof HoneyHiveError ? error.code : '_OTHER'));
      throw error;
    } finally {
      quietly(() => span.end());
    }
  };
}

function fail(span: ClientSpan, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: errorStatus });
}

function quietly<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch {
    // What watches a call must not end it.
    return null;
  }
}
