import { buildEvent, call, createOperationCaller, startService } from 'honeyhive-testkit';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';

const maxBodyBytes = 20_000;
const maxBatchEvents = 10;
const service = await startService({
  env: {
    HH_MAX_BODY_BYTES: String(maxBodyBytes),
    HH_MAX_BATCH_EVENTS: String(maxBatchEvents),
    HH_LOG_LEVEL: 'warn',
  },
});
const api = createOperationCaller(service);
afterAll(() => service.stop());

const eventOf = (bytes: number) => buildEvent({ inputs: { text: 'x'.repeat(bytes) } });

test('refuses a body over the limit with 413 and names the limit', async () => {
  const refusal = await api.refused('createEvent', 413, { body: { event: eventOf(maxBodyBytes) } });

  expect(refusal.errorCode).toBe('too_large');
  expect(refusal.message).toContain(String(maxBodyBytes));
});

test.each([1, 2, 3, 4, 5])(
  'answers 413 rather than breaking off while a large body comes: try %i',
  async () => {
    const raw = Buffer.alloc(30 * 1024 * 1024, 'x');

    const answer = await call(service, 'POST /events', { raw });

    expect(answer).toMatchObject({ status: 413, body: { errorCode: 'too_large' } });
  },
);

test('counts bytes after decompression', async () => {
  const packed = gzipSync(JSON.stringify({ event: eventOf(maxBodyBytes * 50) }));

  const answer = await call(service, 'POST /events', {
    raw: packed,
    headers: { 'content-encoding': 'gzip' },
  });

  expect(packed.length).toBeLessThan(maxBodyBytes);
  expect(answer).toMatchObject({ status: 413, body: { errorCode: 'too_large' } });
  expect(answer.text).toContain(String(maxBodyBytes));
});

test('takes a body just under the limit', async () => {
  const event = eventOf(maxBodyBytes - 500);

  await api.ok('createEvent', { body: { event } });
  const stored = await api.ok('getEvent', { params: { event_id: event.event_id } });

  expect(stored.event.inputs).toEqual(event.inputs);
});

test.each([
  ['createEventBatch', 'events', {}],
  ['createEventBatchStrict', 'events', {}],
  ['createModelEventBatch', 'model_events', {}],
  ['addSessionEvents', 'events', { session_id: 's' }],
  ['addSessionTraces', 'logs', { session_id: 's' }],
] as const)(
  'refuses too many events in %s with 413 and names the limit',
  async (id, list, params) => {
    const events = (count: number) =>
      Array.from({ length: count }, () => ({ event_type: 'tool', inputs: {} }));

    const refusal = await api.refused(id, 413, {
      params,
      body: { [list]: events(maxBatchEvents + 1) },
    });
    const result = await api.ok(id, { params, body: { [list]: events(maxBatchEvents) } });

    expect(refusal.message).toContain(String(maxBatchEvents));
    expect(result['created_count']).toBe(maxBatchEvents);
  },
);

test('finds an event among those of hundreds of projects, many times at once', async () => {
  const names = Array.from({ length: 300 }, (_each, index) => `project ${index}`);
  const events = names.map((project) => buildEvent({ project, session_id: `of ${project}` }));
  for (let start = 0; start < events.length; start += maxBatchEvents) {
    await api.ok('createEventBatch', {
      body: { events: events.slice(start, start + maxBatchEvents) },
    });
  }
  const some = events.filter((_event, index) => index % 10 === 0);

  await Promise.all(
    some.map(({ event_id }) => api.ok('updateEvent', { body: { event_id, metadata: { a: 1 } } })),
  );
  const read = await Promise.all(
    some.map(({ event_id }) => api.ok('getEvent', { params: { event_id } })),
  );
  const deleted = await api.ok('deleteSession', { params: { session_id: 'of project 10' } });

  expect(read.map(({ event }) => [event.project, event.metadata])).toEqual(
    some.map((event) => [event['project'], { a: 1 }]),
  );
  expect(deleted.deleted).toBe('of project 10');
});

test('continues working after it refused', async () => {
  const readiness = await api.ok('getReadiness');

  expect(readiness.status).toBe('ready');
});
