import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

/** A project with a destination that is refused, and some tests to it. */
async function openLog(count: number) {
  const { api, id: project_id } = await openProject();
  const { destination } = await api.ok('createAlertDestination', {
    params: { project_id },
    body: { kind: 'webhook', name: 'nobody', url: 'http://localhost:9/' },
  });
  const at = { project_id, destination_id: destination.id };
  const ids: string[] = [];
  for (let sent = 0; sent < count; sent += 1)
    ids.push((await api.ok('testAlertDestination', { params: at })).delivery.id);
  return { api, project_id, destination_id: destination.id, ids: ids.toReversed() };
}

test('are listed newest first, page by page, and read one by one', async () => {
  const { api, project_id, destination_id, ids } = await openLog(5);
  const params = { project_id };
  const read = (query: Record<string, string>) => api.ok('listAlertDeliveries', { params, query });

  const first = await read({ limit: '2' });
  const second = await read({ limit: '2', cursor: first.next_cursor ?? '' });
  const third = await read({ limit: '2', cursor: second.next_cursor ?? '' });
  const one = await api.ok('getAlertDelivery', {
    params: { project_id, delivery_id: ids[0] ?? '' },
  });

  const pages = [first, second, third].map(({ deliveries }) => deliveries.map(({ id }) => id));
  expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  expect(third.next_cursor).toBeNull();
  expect(one).toMatchObject({
    project_id,
    destination_id,
    destination_name: 'nobody',
    kind: 'webhook',
    type: 'alert.test',
    status: 'dead',
    alert_id: null,
    next_attempt_at: null,
    attempt_count: 1,
  });
  const { payload: _payload, attempts, ...summary } = one;
  expect(first.deliveries[0]).toEqual({ ...summary, last_attempt: attempts[0] });
});

test('can be filtered by destination, alert and status', async () => {
  const { api, project_id, destination_id, ids } = await openLog(2);
  const read = async (query: Record<string, string>) =>
    (await api.ok('listAlertDeliveries', { params: { project_id }, query })).deliveries.length;

  expect([
    await read({ destination_id }),
    await read({ destination_id: 'other' }),
    await read({ status: 'dead' }),
    await read({ status: 'delivered' }),
    await read({ alert_id: 'none' }),
  ]).toEqual([ids.length, 0, ids.length, 0, 0]);
});

test('are sent again under the same id, unless the destination is gone', async () => {
  const { api, project_id, destination_id, ids } = await openLog(1);
  const params = { project_id, delivery_id: ids[0] ?? '' };
  const before = await api.ok('getAlertDelivery', { params });

  const again = await api.ok('resendAlertDelivery', { params });
  await expect
    .poll(async () => (await api.ok('getAlertDelivery', { params })).attempt_count, {
      timeout: 30_000,
    })
    .toBe(2);
  const tried = await api.ok('getAlertDelivery', { params });
  await api.ok('deleteAlertDestination', { params: { project_id, destination_id } });
  const left = await api.ok('getAlertDelivery', { params });
  const refusal = await api.refused('resendAlertDelivery', 409, { params });

  expect(again).toMatchObject({ id: before.id, status: 'pending', payload: before.payload });
  expect(again.expires_at - (again.next_attempt_at ?? 0)).toBe(86_400_000);
  expect(tried).toMatchObject({ status: 'pending', attempts: [{ number: 1 }, { number: 2 }] });
  expect(left).toMatchObject({ status: 'dead', destination_name: null });
  expect(refusal.message).toContain('deleted');
});

test.each([
  ['limit', '0'],
  ['limit', '201'],
  ['limit', 'x'],
  ['cursor', 'x'],
  ['status', 'lost'],
  ['destination_id', ''],
])('refuse %s=%s', async (field, value) => {
  const { api, id } = await openProject();

  const refusal = await api.refused('listAlertDeliveries', 400, {
    params: { project_id: id },
    query: { [field]: value },
  });

  expect(refusal.issues?.[0]?.field).toBe(field);
});
