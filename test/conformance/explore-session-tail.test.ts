import { buildEvent } from 'honeyhive-testkit';
import type { LiveEvents } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';
import { openStream } from './stream-reader.ts';

test('sends what happens in the session, and nothing of others', async () => {
  const { api, url, key } = await openProject();
  const { session_id } = await api.ok('startSession', { body: { session: {} } });
  const stream = await openStream(`${url}/v1/explore/sessions/${session_id}/tail`, {
    authorization: `Bearer ${key}`,
  });
  await stream.next(({ name }) => name === 'listening');

  await api.ok('createEvent', { body: buildEvent({ event_name: 'elsewhere' }) });
  await api.ok('createEvent', { body: buildEvent({ session_id, event_name: 'here' }) });
  const { data } = await stream.next(({ name }) => name === 'rows');
  stream.close();

  expect((data as LiveEvents['rows']).rows).toMatchObject([{ event_name: 'here', session_id }]);
});

test('answers 404 for a session that does not exist', async () => {
  const { api } = await openProject();

  const refusal = await api.refused('exploreSessionTail', 404, {
    params: { session_id: randomUUID() },
  });

  expect(refusal.errorCode).toBe('not_found');
});
