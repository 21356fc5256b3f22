import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { textWith } from './matching.ts';
import { openProject } from './own-project.ts';

const { api, id: projectId } = await openProject();

test('stores a bare event and answers with its id', async () => {
  const sent = buildEvent({
    session_id: randomUUID(),
    project_id: projectId,
    outputs: { found: true },
  });

  const created = await api.ok('createEventStrict', { body: sent });
  const { event } = await api.ok('getEvent', { params: { event_id: sent.event_id } });

  expect(created).toMatchObject({
    event_id: sent.event_id,
    success: true,
    session_id: sent['session_id'],
  });
  expect(event).toMatchObject({
    inputs: sent.inputs,
    outputs: { found: true },
    project_id: projectId,
  });
});

test('is idempotent by event id', async () => {
  const sent = buildEvent({ session_id: randomUUID() });

  await api.ok('createEventStrict', { body: sent });
  await api.ok('createEventStrict', { body: sent });

  const session = await api.ok('getSession', {
    params: { session_id: String(sent['session_id']) },
  });
  expect(session.event_count).toBe(1);
});

test.each(['surprise', 'event', 'user_id'])('refuses the unknown key %s', async (key) => {
  const refusal = await api.refused('createEventStrict', 400, { body: buildEvent({ [key]: 1 }) });

  expect(refusal.issues).toEqual([{ field: key, message: textWith('unknown') }]);
});

test.each([
  ['inputs', undefined],
  ['inputs', null],
  ['event_type', undefined],
  ['event_type', 'batch_item'],
  ['metrics', 1],
])('refuses %s = %j and names it', async (field, value) => {
  const refusal = await api.refused('createEventStrict', 400, {
    body: buildEvent({ [field]: value }),
  });

  expect(refusal.issues?.map((issue) => issue.field)).toEqual([field]);
});

test('lists the types that it knows', async () => {
  const refusal = await api.refused('createEventStrict', 400, {
    body: buildEvent({ event_type: 'x' }),
  });

  for (const type of ['session', 'model', 'tool', 'chain']) expect(refusal.message).toContain(type);
});
