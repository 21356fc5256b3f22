import type { HoneyHiveOptions } from 'honeyhive';
import { expect, test, vi } from 'vitest';
import { apiKey, openClient, reply, stored } from './open-client.ts';

const ok = reply(200, stored);

/** A logger that records messages. */
function createRecorder() {
  const lines: string[] = [];
  const keep = (message: string, fields?: Readonly<Record<string, unknown>>) => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { lines, logger: { debug: keep, info: keep, warn: keep } };
}

/** Log messages of one call. */
async function logsOf(options: HoneyHiveOptions): Promise<string> {
  const { lines, logger } = createRecorder();
  await using opened = await openClient({ logger, ...options }, ok);
  await opened.client.createSession({ session_name: 'flow' });
  return lines.join('\n');
}

test('verbose: reports each call, and never of the key', async () => {
  const lines = await logsOf({ verbose: true });

  expect(lines).toContain('createSession answered 200');
  expect(lines).not.toContain(apiKey);
});

test('debug: reports each attempt, and what verbose tells', async () => {
  const lines = await logsOf({ debug: true });

  expect(lines).toContain('POST /session/start');
  expect(lines).toContain('createSession answered 200');
  expect(lines).not.toContain(apiKey);
});

test('logRequests: tells what is sent', async () => {
  expect(await logsOf({ logRequests: true })).toContain('flow');
  expect(await logsOf({ debug: true })).not.toContain('flow');
});

test('logResponses: tells what comes back', async () => {
  expect(await logsOf({ logResponses: true })).toContain('event_id');
  expect(await logsOf({ debug: true })).not.toContain('event_id');
});

test('logger: takes what there is to tell; without one it goes to the standard error', async () => {
  const written = vi.spyOn(globalThis.console, 'error').mockImplementation(() => undefined);
  await using opened = await openClient({ verbose: true }, ok);

  await opened.client.createSession();

  expect(written.mock.calls.flat().join('\n')).toContain('createSession answered 200');
  written.mockRestore();
});

test('tracerInstance: gets a client span for each request', async () => {
  const spans: unknown[] = [];
  const tracerInstance: HoneyHiveOptions['tracerInstance'] = {
    startSpan(name, options) {
      const span = { name, ...options, hasEnded: false };
      spans.push(span);
      return {
        setAttribute: (key, value) => Object.assign(span, { [key]: value }),
        setStatus: (status) => Object.assign(span, { status }),
        end: () => Object.assign(span, { hasEnded: true }),
      };
    },
  };
  await using opened = await openClient({ tracerInstance }, reply(503, {}), ok);

  await opened.client.createSession();

  const request = { attributes: { 'http.request.method': 'POST' }, hasEnded: true };
  expect(spans).toMatchObject([
    { ...request, 'http.response.status_code': 503 },
    { ...request, 'http.response.status_code': 200 },
  ]);
});
