import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { connect, eventInput, failureOf, nowhere, testKey } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';

const stored = reply(200, { event_id: 'e', success: true }, { 'x-request-id': 'req-1' });
const busy = reply(503, { message: `not you, ${testKey}` }, { 'x-request-id': 'req-0' });

/** Records log messages. */
function createRecorder() {
  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const at = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    lines.push({ level, message, fields: { ...fields } });
  };
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn') } };
}

describe('verbose', () => {
  test('reports each call with its request id, its time and its attempts, and of each failed attempt', async () => {
    await using server = await startScriptedServer(busy, stored);
    const { lines, logger } = createRecorder();
    await using client = connect(server.url, { verbose: true, logger });

    await client.createEvent(eventInput);

    expect(lines).toEqual([
      {
        level: 'warn',
        message: 'POST /events answered 503',
        fields: { attempt: 1, durationMs: expect.any(Number), status: 503, requestId: 'req-0' },
      },
      {
        level: 'info',
        message: 'createEvent answered 200',
        fields: { durationMs: expect.any(Number), attempts: 2, status: 200, requestId: 'req-1' },
      },
    ]);
  });

  test('reports a call that failed, without what the error quotes', async () => {
    const { lines, logger } = createRecorder();
    await using client = connect(nowhere, { verbose: true, maxRetries: 0, logger });

    await failureOf(client.createEvent(eventInput));

    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', 'POST /events failed'],
      ['warn', 'createEvent failed'],
    ]);
    expect(lines[1]?.fields).toMatchObject({ attempts: 1, error: { code: 'connection_refused' } });
  });

  test('writes to the standard error without a logger', async () => {
    await using server = await startScriptedServer(stored);
    const written = vi.spyOn(globalThis.console, 'error').mockImplementation(() => undefined);
    try {
      await using client = connect(server.url, { verbose: true });
      await client.createEvent(eventInput);
      expect(written.mock.calls.flat().join('\n')).toContain(
        'honeyhive info: createEvent answered 200 {',
      );
    } finally {
      written.mockRestore();
    }
  });
});

describe('debug, logRequests and logResponses', () => {
  const secret = 'alice@example.com';

  test('show what is sent and what comes back, without keys and redacted values', async () => {
    await using server = await startScriptedServer(busy, stored);
    const { lines, logger } = createRecorder();
    await using client = connect(server.url, {
      debug: true,
      logRequests: true,
      logResponses: true,
      logger,
      headers: { 'x-secret': 'top-secret-1' },
      redact: { patterns: [secret] },
    });

    await client.createEvent({ ...eventInput, inputs: { secret, key: testKey } });

    const logged = inspect(lines, { depth: null });
    expect(logged).not.toContain(testKey);
    expect(logged).not.toContain(secret);
    expect(logged).not.toContain('top-secret-1');
    const [first] = lines;
    expect(first).toMatchObject({
      level: 'debug',
      message: 'POST /events',
      fields: { attempt: 1 },
    });
    expect(first?.fields['headers']).toMatchObject({ 'content-type': 'application/json' });
    expect(String(first?.fields['body'])).toContain('"secret":"[redacted]"');
    expect(String(lines.at(-2)?.fields['body'])).toContain('"event_id":"e"');
  });

  test.each([
    [{ logRequests: true }, ['POST /events']],
    [{ logResponses: true }, ['POST /events answered 200']],
    [{ debug: true }, ['POST /events', 'POST /events answered 200', 'createEvent answered 200']],
    [{}, []],
  ])('with %j tell %j', async (options, messages) => {
    await using server = await startScriptedServer(stored);
    const { lines, logger } = createRecorder();
    await using client = connect(server.url, { ...options, logger });

    await client.createEvent(eventInput);

    expect(lines.map(({ message }) => message)).toEqual(messages);
  });

  test('cost no call when the logger fails', async () => {
    await using server = await startScriptedServer(stored);
    const fail = () => {
      throw new Error('full');
    };
    const logger = { debug: fail, info: fail, warn: fail };
    await using client = connect(server.url, { debug: true, logger });

    await expect(client.createEvent(eventInput)).resolves.toMatchObject({ event_id: 'e' });
  });
});

describe('tracerInstance', () => {
  function createTracer() {
    const exporter = new InMemorySpanExporter();
    const spanProcessors = [new SimpleSpanProcessor(exporter)];
    const tracer = new BasicTracerProvider({ spanProcessors }).getTracer('test');
    return { tracer, spans: () => exporter.getFinishedSpans() };
  }

  test('gets a client span for each attempt, with the stable HTTP attributes', async () => {
    await using server = await startScriptedServer(busy, stored);
    const { tracer, spans } = createTracer();
    await using client = connect(server.url, { tracerInstance: tracer });
    const { port } = new URL(server.url);

    await client.createEvent(eventInput);

    const common = {
      'http.request.method': 'POST',
      'url.full': `${server.url}/events`,
      'server.address': '127.0.0.1',
      'server.port': Number(port),
    };
    expect(spans().map(({ attributes }) => attributes)).toEqual([
      { ...common, 'http.response.status_code': 503, 'error.type': '503' },
      { ...common, 'http.response.status_code': 200, 'http.request.resend_count': 1 },
    ]);
    expect(spans().map(({ name, kind }) => [name, kind])).toEqual([
      ['POST', SpanKind.CLIENT],
      ['POST', SpanKind.CLIENT],
    ]);
    expect(spans().map(({ status }) => status.code)).toEqual([
      SpanStatusCode.ERROR,
      SpanStatusCode.UNSET,
    ]);
  });

  test('learns why no response came, and never sees a key', async () => {
    const { tracer, spans } = createTracer();
    await using client = connect(nowhere, { tracerInstance: tracer, maxRetries: 0 });

    await failureOf(client.request('GET', '/a', { params: { key: testKey } }));

    expect(spans()).toHaveLength(1);
    expect(spans()[0]?.attributes).toMatchObject({ 'error.type': 'connection_refused' });
    expect(inspect(spans()[0]?.attributes)).not.toContain(testKey);
  });

  test('costs no call when it fails', async () => {
    await using server = await startScriptedServer(stored);
    const tracerInstance = {
      startSpan() {
        throw new Error('broken');
      },
    };
    await using client = connect(server.url, { tracerInstance });

    await expect(client.createEvent(eventInput)).resolves.toMatchObject({ event_id: 'e' });
  });

  test.each([{ tracerInstance: {} }, { logger: { debug: () => 0 } }])(
    'and logger are checked: %j',
    (options) => {
      expect(() => connect(nowhere, options as never)).toThrow(/must (?:be|have)/);
    },
  );
});
