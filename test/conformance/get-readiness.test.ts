import { buildEvent, createOperationCaller } from 'honeyhive-testkit';
import { expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';

const nobody = createOperationCaller({ url: inject('service').url });

test('tells without a key that the store answers and the queue moves, with numbers', async () => {
  const readiness = await nobody.ok('getReadiness');

  expect(readiness.status).toBe('ready');
  expect(readiness.store).toMatchObject({ ok: true, error: null });
  expect(readiness.store.latency_ms).toBeGreaterThanOrEqual(0);
  expect(readiness.queue.max_bytes).toBeGreaterThan(0);
  expect(readiness.text_index.indexed_hours).toBeLessThanOrEqual(readiness.text_index.hours);
  expect(readiness.queue.bytes).toBeLessThanOrEqual(readiness.queue.max_bytes);
});

test('counts the events that were stored', async () => {
  const { api } = await openProject();
  const before = await nobody.ok('getReadiness');

  await api.ok('createEvent', { body: { event: buildEvent() } });
  const after = await nobody.ok('getReadiness');

  expect(after.queue.committed_events).toBeGreaterThan(before.queue.committed_events);
});
