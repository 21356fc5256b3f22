import { call, createOperationCaller, startService } from 'honeyhive-testkit';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const api = createOperationCaller(service);
const keys = Array.from({ length: 1_500 }, (_each, index) => `key_${index}`);
afterAll(() => service.stop());

/** Each condition parses the inputs of every event: all of them together take a while. */
const filters = keys.slice(-50).map((key) => ({
  field: `inputs.${key}.y`,
  operator: 'not contains',
  value: 'nowhere',
  type: 'string',
}));

beforeAll(async () => {
  const inputs = Object.fromEntries(
    keys.map((key, index) => [key, { y: [index, { z: 'some text' }] }]),
  );
  const events = Array.from({ length: 150 }, () => ({ event_type: 'tool', inputs }));
  await api.ok('createEventBatch', { body: { project: 'large', events } });
});

/** Sends a request and does not read the answer. */
async function ask(body: object): Promise<Socket> {
  const { hostname, port } = new URL(service.url);
  const text = JSON.stringify(body);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    [
      'POST /events/export HTTP/1.1',
      `host: ${hostname}`,
      `authorization: Bearer ${service.key}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(text)}`,
      '',
      text,
    ].join('\r\n'),
  );
  return socket;
}

/** Reads that have left the queue. */
async function countStarted(): Promise<number> {
  const { text } = await call({ url: service.url }, 'GET /metrics');
  const [, count] = /^honeyhive_read_wait_seconds_count(?:\{.*\})? (\d+)$/m.exec(text) ?? [];
  return Number(count);
}

/** Cancelled reads of the store, whose callers disconnected. */
async function countAborted(): Promise<number> {
  const { text } = await call({ url: service.url }, 'GET /metrics');
  const counts = [
    ...text.matchAll(/^honeyhive_store_read_failures_total\{.*error="AbortError"\} (\d+)$/gm),
  ];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

test('queries of disconnected callers are cancelled, and others are served', async () => {
  const startedBefore = await countStarted();
  const sockets = await Promise.all(
    Array.from({ length: 30 }, () => ask({ project: 'large', limit: 1, filters })),
  );
  await expect.poll(countStarted, { timeout: 120_000 }).toBeGreaterThan(startedBefore);
  const meanwhile = await call({ url: service.url }, 'GET /health');
  for (const socket of sockets) socket.resetAndDestroy();
  const after = await api.ok('exportEvents', { body: { project: 'large', limit: 1 } });
  await expect.poll(countAborted, { timeout: 120_000 }).toBeGreaterThanOrEqual(10);
  const readMetrics = async () => (await call({ url: service.url }, 'GET /metrics')).text;

  expect(meanwhile.status).toBe(200);
  expect(after.totalEvents).toBeGreaterThan(150);
  await expect
    .poll(readMetrics)
    .toMatch(/honeyhive_request_seconds_count\{operation="exportEvents",status="499"\} \d+/);
  expect(await readMetrics()).not.toMatch(/operation="exportEvents",status="500"/);
  expect(service.output()).not.toContain('request failed');
});
