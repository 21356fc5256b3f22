import { buildEvent } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { fillHours, hourMs, sampleStart } from './explore-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await fillHours(api);
await api.ok('createEventBatch', {
  body: {
    events: [
      buildEvent({
        session_id: 's0',
        start_time: sampleStart,
        inputs: { messages: [{ role: 'user', content: 'Hi' }], k: 3, at: '2026-01-02T03:04:05Z' },
        metadata: { deep: { er: { est: { lost: 1 } } }, mixed: 'text', tags: ['a'], none: null },
      }),
      buildEvent({ session_id: 's0', start_time: sampleStart, metadata: { mixed: 1 } }),
      buildEvent({ session_id: 's0', start_time: sampleStart, metadata: { mixed: 2 } }),
    ],
  },
});

const read = async (body: Readonly<Record<string, unknown>> = {}) => {
  const { fields, sampled } = await api.ok('exploreFields', { body });
  return { sampled, fields, byPath: new Map(fields.map((field) => [field.path, field])) };
};

test('lists fields with their types, how many events have them, and whether they are on roots', async () => {
  const { byPath, sampled } = await read();

  expect(sampled).toBe(false);
  expect(byPath.get('user_properties.plan')).toEqual({
    path: 'user_properties.plan',
    types: ['string'],
    count: 48,
    last_seen: sampleStart + 47 * hourMs,
    on: 'session',
  });
  expect(byPath.get('metadata.score')).toMatchObject({ types: ['number'], count: 48, on: 'event' });
  expect(byPath.get('metadata.ok')).toMatchObject({ types: ['boolean'], count: 48 });
  expect(byPath.get('event_name')).toMatchObject({ count: 147, on: 'both' });
  expect(byPath.get('error')).toMatchObject({ count: 8, on: 'event' });
  expect(byPath.get('model')).toMatchObject({ count: 48 });
  expect(byPath.get('inputs.at')).toMatchObject({ types: ['datetime'] });
  expect(byPath.get('inputs.messages.role')).toMatchObject({ types: ['string'], count: 1 });
  expect(byPath.get('metadata.mixed')).toMatchObject({ types: ['number', 'string'], count: 3 });
  expect(byPath.get('metadata.tags')).toMatchObject({ types: ['string'] });
});

test('leaves out what no filter can compare', async () => {
  const { byPath } = await read();

  for (const path of [
    'metadata.none',
    'metadata.deep.er',
    'metadata.deep.er.est',
    'inputs.messages',
  ])
    expect(byPath.has(path)).toBe(false);
});

test('most frequent come first; for sessions, those of roots', async () => {
  const { fields } = await read();
  const ofSessions = await read({ scope: 'sessions' });

  const counts = fields.map(({ count }) => count);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  const onRoots = ofSessions.fields.map(({ on }) => on !== 'event');
  expect(onRoots.lastIndexOf(true)).toBeLessThan(onRoots.indexOf(false));
});

test('a prefix and a range narrow it', async () => {
  const { fields } = await read({ prefix: 'METADATA.S' });
  const early = await read({ from: sampleStart + hourMs, to: sampleStart + 2 * hourMs });
  const nothing = await read({ to: 1 });

  expect(fields.map(({ path }) => path)).toEqual(['metadata.score']);
  expect(early.byPath.get('event_name')).toMatchObject({ count: 3 });
  expect(early.byPath.has('metadata.mixed')).toBe(false);
  expect(nothing.fields).toEqual([]);
});

test('refuses a range that ends before it begins', async () => {
  const refusal = await api.refused('exploreFields', 400, { body: { from: 2, to: 1 } });

  expect(refusal.issues?.[0]?.field).toBe('to');
});
