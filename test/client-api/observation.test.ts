import type { HoneyHiveOptions } from 'honeyhive';
import { expect, test, vi } from 'vitest';
import { apiKey, openClient, reply, stored } from './open-client.ts';

const ok = reply(200, stored);

/** A logger that keeps what it is told. */
function createRecorder() {
  const told: string[] = [];
  const keep = (message: string, fields?: Readonly<Record<string, unknown>>) => {
    told.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { told, logger: { debug: keep, info: keep, warn: keep } };
}

/** What is told of one call. */
async function logsOf(options: HoneyHiveOptions): Promise<string> {
  const { told, logger } = createRecorder();
  await using opened = await openClient({ logger, ...options }, ok);
  await opened.client.createSession({ session_name: 'flow' });
  return told.join('\n');
}

test('verbose: tells of each call, and never of the key', async () => {
  const told = await logsOf({ verbose: true });

  expect(told).toContain('createSession answered 200');
  expect(told).not.toContain(apiKey);
});

test('debug: tells of each try, and what verbose tells', async () => {
  const told = await logsOf({ debug: true });

  expect(told).toContain('POST /session/start');
  expect(told).toContain('createSession answered 200');
  expect(told).not.toContain(apiKey);
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
