import { buildEvent } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const read = async (event_id: string) => (await api.ok('getEvent', { params: { event_id } })).event;

test('merges objects, replaces outputs, sets the rest', async () => {
  const sent = buildEvent({ metadata: { a: 1 }, outputs: { old: true }, start_time: 1000 });
  const { event_id } = sent;
  await api.ok('createEvent', { body: { event: sent } });

  const answer = await api.ok('updateEventById', {
    params: { event_id },
    body: { metadata: { b: 2 }, outputs: { fresh: true }, duration: 7, feedback: null },
  });

  expect(answer.success).toBe(true);
  expect(await read(event_id)).toMatchObject({
    metadata: { a: 1, b: 2 },
    outputs: { fresh: true },
    duration: 7,
    feedback: {},
  });
  expect((await read(event_id)).outputs).toEqual({ fresh: true });
});

test('keeps the update of an event that has not come', async () => {
  const sent = buildEvent();
  const { event_id } = sent;

  await api.ok('updateEventById', { params: { event_id }, body: { metrics: { score: 0.5 } } });
  await api.ok('createEvent', { body: { event: sent } });

  expect((await read(event_id)).metrics).toEqual({ score: 0.5 });
});

test.each([
  ['inputs', [1]],
  ['metadata', 5],
  ['event_name', 5],
  ['event_type', 'chain'],
  ['start_time', 'yesterday'],
  ['event_id', 'no'],
])('refuses %s = %j and names it', async (field, value) => {
  const refusal = await api.refused('updateEventById', 400, {
    params: { event_id: 'any' },
    body: { [field]: value },
  });

  expect(refusal.issues?.map((issue) => issue.field)).toEqual([field]);
});
