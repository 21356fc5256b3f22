import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, name } = await openProject();

test('is the whole event with the sizes of its parts', async () => {
  const event = buildEvent({ inputs: { q: 'ü' }, outputs: { a: [1] }, error: 'boom' });
  await api.ok('createEvent', { body: event });

  const detail = await api.ok('exploreEvent', { params: { event_id: event.event_id } });

  expect(detail).toMatchObject({
    event: { event_id: event.event_id, inputs: { q: 'ü' }, outputs: { a: [1] }, project: name },
    parts: { inputs: 10, outputs: 9, metadata: 2, error: 4 },
    omitted: [],
  });
});

test('leaves out what is larger than asked for, and says so', async () => {
  const event = buildEvent({ inputs: { q: 'x'.repeat(5_000) }, outputs: { a: 1 } });
  await api.ok('createEvent', { body: event });

  const detail = await api.ok('exploreEvent', {
    params: { event_id: event.event_id },
    query: { omit_over: '1000' },
  });

  expect(detail).toMatchObject({
    event: { inputs: {}, outputs: { a: 1 } },
    parts: { inputs: 5_008 },
    omitted: ['inputs'],
  });
});

test.each(['-1', 'many', ''])('refuses the size %j', async (omit_over) => {
  const event = buildEvent();
  await api.ok('createEvent', { body: event });

  const refusal = await api.refused('exploreEvent', 400, {
    params: { event_id: event.event_id },
    query: { omit_over },
  });

  expect(refusal.issues?.[0]?.field).toBe('omit_over');
});

test('answers 404 for an event that does not exist', async () => {
  const refusal = await api.refused('exploreEvent', 404, { params: { event_id: randomUUID() } });

  expect(refusal.errorCode).toBe('not_found');
});
