import { expect, test } from 'vitest';
import { slowCalls } from './alert-attempts.ts';
import { openProject } from './own-project.ts';

const { api, id } = await openProject();
const params = { project_id: id };
const create = (name: string, notification_details: object) =>
  api.ok('createAlert', { params, body: { ...slowCalls, name, notification_details } });

test('no answer has the secrets of what a channel of an alert needs', async () => {
  const critical = { channel: 'SLACK', metadata: { url: 'https://hooks.example.com/T0/secret' } };
  const shown = { channel: 'SLACK', metadata: { url: 'https://hooks.example.com/…' } };

  const { data: made } = await create('to slack', { critical });
  const at = { ...params, alert_id: made.id };
  const { data: read } = await api.ok('getAlert', { params: at });
  const { data: listed } = await api.ok('listAlerts', { params, query: { limit: '100' } });
  const changed = await api.ok('updateAlert', {
    params: at,
    body: { notification_details: read.notification_details },
  });
  const refusal = await api.refused('createAlert', 400, {
    params,
    body: { ...slowCalls, name: 'copied', notification_details: read.notification_details },
  });

  for (const { notification_details: details } of [made, read, changed.data])
    expect(details).toEqual({ critical: shown });
  expect(JSON.stringify(listed)).not.toContain('secret');
  expect(refusal.issues?.map(({ field }) => field)).toEqual([
    'notification_details.critical.metadata',
  ]);
});
