import { buildEvent } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, id: projectId } = await openProject();
const params = { project_id: projectId };
const bytes = 4 * 1024 * 1024;

const hold = (eventId: string, size: number) => ({
  body: { event_id: eventId, metadata: { note: 'x'.repeat(size) } },
});

test('an update is counted until its event arrives', async () => {
  const event = buildEvent();
  const before = await api.ok('countHeldUpdates', { params });
  await api.ok('updateEvent', hold(event.event_id, 100));
  const meanwhile = await api.ok('countHeldUpdates', { params });
  await api.ok('createEvent', { body: { event } });

  expect(before).toEqual({ count: 0, bytes: 0 });
  expect(meanwhile.count).toBe(1);
  expect(meanwhile.bytes).toBeGreaterThan(100);
  expect(await api.ok('countHeldUpdates', { params })).toEqual({ count: 0, bytes: 0 });
  expect((await api.ok('getEvent', { params: { event_id: event.event_id } }))['metadata']).toEqual(
    expect.objectContaining({ note: 'x'.repeat(100) }),
  );
});

test('one that is too large to be held is refused, and taken once its event is there', async () => {
  const event = buildEvent();
  const update = hold(event.event_id, bytes);

  const refusal = await api.refused('updateEvent', 413, update);
  const held = await api.ok('countHeldUpdates', { params });
  await api.ok('createEvent', { body: { event } });
  await api.ok('updateEvent', update);

  expect(refusal.message).toContain('heldUpdateBytes');
  expect(held.count).toBe(0);
});

test('is for a project that the key can see', async () => {
  const refusal = await api.refused('countHeldUpdates', 404, { params: { project_id: 'default' } });

  expect(refusal.errorCode).toBe('not_found');
});
