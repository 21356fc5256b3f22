import { buildEvent } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, id: projectId } = await openProject();
const params = { project_id: projectId };
const bytes = 4 * 1024 * 1024;

const hold = (eventId: string, size: number) => ({
  body: { event_id: eventId, metadata: { note: 'x'.repeat(size) } },
});

test('a project holds so much and no more, and nothing else is lost', async () => {
  const answers: number[] = [];
  for (let at = 0; at < 18; at += 1) {
    const { status } = await api.send('updateEvent', hold(`full ${at}`, bytes - 1_000));
    answers.push(status);
  }
  const held = await api.ok('countHeldUpdates', { params });
  const refusal = await api.refused('updateEvent', 429, hold('one more', bytes - 1_000));
  const event = buildEvent();
  await api.ok('createEvent', { body: { event } });
  await api.ok('updateEvent', hold(event.event_id, bytes));
  const deleted = await api.ok('deleteHeldUpdates', { params });
  await api.ok('updateEvent', hold('again', bytes - 1_000));
  await api.ok('deleteHeldUpdates', { params });

  expect(answers.filter((status) => status === 200)).toHaveLength(16);
  expect(answers.filter((status) => status === 429)).toHaveLength(2);
  expect(held.bytes).toBeLessThanOrEqual(64 * 1024 * 1024);
  expect(refusal.message).toContain('heldUpdatesBytes');
  expect(deleted.deleted).toEqual(held);
  expect(await api.ok('countHeldUpdates', { params })).toEqual({ count: 0, bytes: 0 });
});

test('is for a project that the key can see', async () => {
  const refusal = await api.refused('deleteHeldUpdates', 404, {
    params: { project_id: 'default' },
  });

  expect(refusal.errorCode).toBe('not_found');
});
