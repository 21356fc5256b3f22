import { buildEvent, call, createOperationCaller, startService } from 'honeyhive-testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probeHealth } from './health-prober.ts';

const service = await startService({
  env: { HH_LOG_LEVEL: 'warn' },
});
const api = createOperationCaller(service);
afterAll(() => service.stop());

const sessionId = 'large';
const largeEventId = 'large event';
/** How long others may wait for an answer while somebody does this. */
const mostMs = 250;

beforeAll(async () => {
  const inputs = { text: 'some "text"\n'.repeat(4_000), list: Array.from({ length: 500 }, Number) };
  for (let stored = 0; stored < 1_000; stored += 100)
    await api.ok('createEventBatch', {
      body: {
        events: Array.from({ length: 100 }, () => buildEvent({ session_id: sessionId, inputs })),
      },
    });
  const text = 'word '.repeat(3_000_000);
  await api.ok('createEvent', {
    body: { event: buildEvent({ event_id: largeEventId, inputs: { text } }) },
  });
});

test.each([
  ['a page of events', 'GET /events?limit=1000&event_type=tool'],
  ['a page of some fields', 'GET /events?limit=1000&projections=inputs,inputs.text,inputs.list'],
  ['a session as a tree', `GET /v1/sessions/${sessionId}`],
  ['one event', `GET /v1/events/${encodeURIComponent(largeEventId)}`],
])('nobody waits while somebody reads what is large: %s', async (_what, route) => {
  const { result, health } = await probeHealth(service, () =>
    call(service, route, { headers: { 'accept-encoding': 'gzip' } }),
  );

  expect(result.status).toBe(200);
  expect(Number(result.headers['content-length'])).toBeGreaterThan(50_000);
  expect(health).toSatisfy(({ failed, slowestMs }) => failed === 0 && slowestMs < mostMs);
});

test('nobody waits while somebody changes what is large, often and by little', async () => {
  const change = (index: number) =>
    api.send('updateEventById', {
      params: { event_id: largeEventId },
      body: { metadata: { [`k${index}`]: index } },
    });

  const { result, health } = await probeHealth(service, () =>
    Promise.all(Array.from({ length: 20 }, (_, index) => change(index))),
  );

  expect(result.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(health).toSatisfy(({ failed, slowestMs }) => failed === 0 && slowestMs < mostMs);
});
