import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();
const session_id = randomUUID();
const event = (id: string, at: number, more: object) =>
  buildEvent({ session_id, event_id: id, start_time: 1_000 + at, inputs: {}, ...more });
await api.ok('createEventBatch', {
  body: {
    events: [
      event(session_id, 0, { event_type: 'session', event_name: 'About zebras' }),
      event('late', 20, {
        outputs: { text: `${'x'.repeat(500)} ZEBRA "quoted"\nline ${'y'.repeat(500)} zebra` },
      }),
      event('early', 10, { error: 'no 😀 zebra here', inputs: { zebra: [1, { zebra: 'Zebra' }] } }),
      event('other', 30, { inputs: { horse: true } }),
    ],
  },
});

const find = (text: string) => api.ok('exploreFind', { params: { session_id }, body: { text } });

test('finds a text in names, errors, keys and values, in the order of the session', async () => {
  const { hits, truncated } = await find('zebra');

  expect(truncated).toBe(false);
  expect(hits.map(({ event_id, part, count }) => [event_id, part, count])).toEqual([
    [session_id, 'event_name', 1],
    ['early', 'error', 1],
    ['early', 'inputs', 3],
    ['late', 'outputs', 2],
  ]);
  expect(hits[1]).toMatchObject({ offset: 5, snippet: 'no 😀 zebra here' });
  expect(hits[3]?.offset).toBe('{"text":"'.length + 501);
  expect(hits[3]?.snippet).toContain('ZEBRA');
  expect(hits[3]?.snippet.length).toBeLessThanOrEqual(160);
});

test('finds what JSON writes in another way', async () => {
  const quoted = await find('"QUOTED"');
  const lines = await find('"quoted"\nline');

  expect([...quoted.hits, ...lines.hits].map(({ event_id }) => event_id)).toEqual(['late', 'late']);
});

test.each(['%', '_ebra', 'zebra.*', "'; DROP", '\u0000'])('takes %j as it stands', async (text) => {
  expect((await find(text)).hits).toEqual([]);
});

test('says when there is more than an answer holds', async () => {
  const many = randomUUID();
  const events = Array.from({ length: 1_200 }, (_each, index) =>
    buildEvent({ session_id: many, event_name: `zebra ${index}` }),
  );
  await api.ok('createEventBatch', { body: { events } });

  const { hits, truncated } = await api.ok('exploreFind', {
    params: { session_id: many },
    body: { text: 'zebra' },
  });

  expect([hits.length, truncated]).toEqual([1_000, true]);
});

test('answers 404 for an unknown session, and 400 without a text', async () => {
  const unknown = await api.refused('exploreFind', 404, {
    params: { session_id: randomUUID() },
    body: { text: 'a' },
  });
  const empty = await api.refused('exploreFind', 400, {
    params: { session_id },
    body: { text: '' },
  });

  expect(unknown.errorCode).toBe('not_found');
  expect(empty.issues?.[0]?.field).toBe('text');
});
