import { buildEvent, call, startService } from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** The value of a sample, by its name and labels as they are written. */
async function sample(name: string): Promise<number> {
  const { text } = await call(service, 'GET /metrics');
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}

test('needs no key and answers in the text format of Prometheus', async () => {
  const { status, headers, text } = await call({ url: service.url }, 'GET /metrics');

  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(text).toMatch(/^honeyhive_info\{version="\d+\.\d+\.\d+"\} 1$/m);
});

test('counts what is stored, in groups, and what the store holds', async () => {
  const events = Array.from({ length: 30 }, () => buildEvent());

  await call(service, 'POST /events/batch', { body: { events } });

  expect(await sample('honeyhive_commit_events_sum')).toBeGreaterThanOrEqual(30);
  expect(await sample('honeyhive_commit_seconds_count{outcome="stored"}')).toBeGreaterThan(0);
  // What the store holds is asked once a second at most.
  await expect.poll(() => sample('honeyhive_store_rows')).toBeGreaterThanOrEqual(30);
  expect(await sample('honeyhive_store_parts')).toBeGreaterThan(0);
  expect(await sample('honeyhive_queue_bytes')).toBe(0);
});

test('times requests by operation and status, and reads by name', async () => {
  await call(service, 'GET /session/nobody');
  await call(service, 'POST /events/export', { body: { limit: 1 } });

  expect(await sample('honeyhive_request_seconds_count{operation="getSession",status="404"}')).toBe(
    1,
  );
  expect(
    await sample('honeyhive_request_seconds_count{operation="exportEvents",status="200"}'),
  ).toBe(1);
  expect(await sample('honeyhive_store_read_seconds_count{read="list"}')).toBe(1);
});

test('what clients send does not become a label', async () => {
  await call(service, 'GET /nowhere/secret-path');

  const { text } = await call(service, 'GET /metrics');

  expect(text).not.toContain('secret-path');
  expect(text).not.toContain(service.key);
});
