import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const buildCall = (overrides: object = {}) => ({
  event_id: randomUUID(),
  model: 'small',
  messages: [{ role: 'user', content: 'Hello' }],
  response: { content: 'Hi' },
  ...overrides,
});

test('stores a list of model calls', async () => {
  const session_id = randomUUID();
  const calls = [buildCall({ session_id }), buildCall({ session_id, model: 'large' })];

  const result = await api.ok('createModelEventBatch', { body: { model_events: calls } });
  const tree = await api.ok('getSessionTree', { params: { session_id } });

  expect(result).toMatchObject({ success: true, session_id, created_count: 2, failed_count: 0 });
  expect(result.event_ids).toEqual(calls.map(({ event_id }) => event_id));
  expect(new Set(tree.children.map((child) => child['event_name']))).toEqual(
    new Set(['large', 'small']),
  );
  expect(tree.children.map((child) => child['event_type'])).toEqual(['model', 'model']);
  expect(tree.children[0]).toMatchObject({ outputs: { response: { content: 'Hi' } } });
});

test('puts them into one session with properties', async () => {
  const body = {
    model_events: [buildCall(), buildCall()],
    is_single_session: true,
    session_properties: { session_name: 'shared', source: 'dev' },
  };

  const result = await api.ok('createModelEventBatch', { body });
  const session = await api.ok('getSession', { params: { session_id: String(result.session_id) } });

  expect(session).toMatchObject({ session_name: 'shared', source: 'dev', event_count: 2 });
});

test('stores the good calls and reports the bad ones', async () => {
  const good = buildCall();

  const result = await api.ok('createModelEventBatch', {
    body: { model_events: [buildCall({ duration: 'long' }), 5, good] },
  });

  expect(result).toMatchObject({ created_count: 1, failed_count: 2, event_ids: [good.event_id] });
  expect(result.errors.map(({ index }) => index)).toEqual([0, 1]);
});

test('refuses a body without the list, and one in which nothing can be stored', async () => {
  const absent = await api.refused('createModelEventBatch', 400, {
    body: { events: [buildCall()] },
  });
  const bad = await api.refused('createModelEventBatch', 400, {
    body: { model_events: [buildCall({ metadata: 1 })] },
  });

  expect(absent.issues).toMatchObject([{ field: 'model_events' }]);
  expect(bad.issues).toMatchObject([{ field: 'model_events[0].metadata' }]);
});
