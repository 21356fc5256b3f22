import type { AlertIn } from 'honeyhive-wire';
import { afterAll, expect, test } from 'vitest';
import type { NotificationPayload } from '../alerts/notifications.ts';
import { buildStoredEvent, buildStoredSession } from '../store/testing/build-event.ts';
import { minuteMs, openAlerts, start } from './testing/open-alerts.ts';

const { events, metadata, until, open, close, now } = await openAlerts();
afterAll(close);

const above = (value: number) => ({ critical: { operator: 'greater_than', value } }) as const;
const slow: Partial<AlertIn> = {
  aggregation: 'MAX',
  projections: ['duration'],
  window: '1m',
  missing_data: 'zero',
  thresholds: above(100),
};

test('an alarm begins and ends once, with its notifications', async () => {
  const { store, edges, notices, noticed, result } = await open({
    ...slow,
    destination_ids: ['d1'],
    notification_details: { critical: { channel: 'EMAIL' } },
  });
  await store(1, [{ durationMs: 50 }]);
  await store(2, [{ durationMs: 150 }]);
  await store(3, [{ durationMs: 160 }]);
  for (let minute = 1; minute <= 5; minute += 1) await until(minute);

  expect(await edges()).toEqual([
    [2, null, 'triggered', 150],
    [4, null, 'resolved', 0],
  ]);
  expect(noticed()).toEqual([
    [2, 'triggered'],
    [4, 'resolved'],
  ]);
  const [fired] = notices().map(({ payload }) => JSON.parse(payload) as NotificationPayload);
  expect(fired).toMatchObject({
    alert: { id: 'a', name: 'an alert', window: '1m', thresholds: above(100) },
    group: null,
    status: 'critical',
    destination_ids: ['d1'],
    details: { channel: 'EMAIL' },
  });
  expect(await result()).toMatchObject({ minute: start + 5 * minuteMs, triggered: 0, groups: 1 });
});

test('a minute that is evaluated again changes nothing', async () => {
  const { store, edges, noticed, place } = await open(slow);
  await store(1, [{ durationMs: 150 }]);
  await until(1);
  const [run] = await metadata.listRuns(place.projectId);
  await store(1, [{ eventId: 'late', durationMs: 170 }]);
  await until(1);

  expect(await edges()).toEqual([[1, null, 'triggered', 150]]);
  expect(noticed()).toEqual([[1, 'triggered']]);
  expect(await metadata.listRuns(place.projectId)).toEqual([run]);
});

test('after a pause, the last ten minutes are caught up with, each with its own edges', async () => {
  const { store, edges } = await open(slow);
  await until(1);
  for (const minute of [3, 20, 28]) await store(minute, [{ durationMs: 150 }]);
  await until(30);

  expect(await edges()).toEqual([
    [28, null, 'triggered', 150],
    [29, null, 'resolved', 0],
  ]);
});

test('each group has its alarm', async () => {
  const { store, edges, result } = await open({ ...slow, group_by: 'model' });
  await store(1, [
    { model: 'a', durationMs: 150 },
    { model: 'b', durationMs: 10 },
    { model: '', durationMs: 170 },
  ]);
  await store(2, [
    { model: 'a', durationMs: 20 },
    { model: 'b', durationMs: 180 },
  ]);
  await until(1);
  const first = await result();
  await until(2);
  await until(3);

  expect(first).toMatchObject({ value: 170, groups: 3, triggered: 2 });
  expect(await edges()).toEqual([
    // Those closest to an alarm first.
    [1, null, 'triggered', 170],
    [1, 'a', 'triggered', 150],
    [2, 'b', 'triggered', 180],
    [2, 'a', 'resolved', 20],
    [2, null, 'resolved', 0],
    [3, 'b', 'resolved', 0],
  ]);
});

test('a group that is gone can be an alarm', async () => {
  const alert = await open({ ...slow, group_by: 'model', missing_data: 'alert' });
  await alert.store(1, [{ model: 'a', durationMs: 1 }]);
  await until(1);
  await until(2);

  expect(await alert.edges()).toEqual([[2, 'a', 'no_data', null]]);
});

test('a change is measured against the window before, in percent', async () => {
  const { store, edges } = await open({
    alert_type: 'DRIFT',
    aggregation: 'COUNT',
    window: '2m',
    thresholds: above(50),
  });
  const many = (length: number) => Array.from({ length }, () => ({}));
  await store(1, many(2));
  await store(2, many(2));
  await store(3, many(3));
  await store(4, many(4));
  await until(4);

  expect(await edges()).toEqual([[4, null, 'triggered', 75]]);
});

test('a budget of a day warns first, and starts at zero with the day', async () => {
  const { store, edges } = await open({
    aggregation: 'SUM',
    projections: ['cost_usd'],
    window: 'day',
    timezone: 'Asia/Kolkata',
    group_by: 'user',
    thresholds: { ...above(10), warning: { operator: 'greater_than', value: 8 } },
  });
  const midnight = (18.5 - 12) * 60;
  await store(1, [{ user: 'u', costUsd: 9 }]);
  await store(2, [
    { user: 'u', costUsd: 2 },
    { user: 'v', costUsd: 3 },
  ]);
  await until(1);
  await until(2);
  await until(midnight);
  await until(midnight + 1);

  expect(await edges()).toEqual([
    [1, 'u', 'warning', 9],
    [2, 'u', 'triggered', 11],
    [midnight + 1, 'u', 'resolved', 0],
  ]);
});

test('further conditions are about the same events', async () => {
  const { store, edges } = await open({
    ...slow,
    conditions: {
      match: 'all',
      of: [{ aggregation: 'COUNT', operator: 'greater_than', value: 1 }],
    },
  });
  await store(1, [{ durationMs: 150 }]);
  await store(2, [{ durationMs: 150 }, { durationMs: 1 }]);
  await until(1);
  await until(2);

  expect(await edges()).toEqual([[2, null, 'triggered', 150]]);
});

test('a rate is the share of the events that meet filters', async () => {
  const { store, edges } = await open({
    window: '1m',
    minimum_sample_size: 4,
    ratio: { filters: [{ field: 'error', operator: 'exists' }] },
    thresholds: above(0.5),
  });
  await store(1, [{ error: 'x' }, { error: 'x' }, { error: 'x' }]);
  await store(2, [{ error: 'x' }, { error: 'x' }, { error: 'x' }, {}]);
  await until(1);
  await until(2);

  expect(await edges()).toEqual([[2, null, 'triggered', 0.75]]);
});

test('each event that is beyond the threshold fires once, whenever it arrives', async () => {
  const { store, edges, noticed, result } = await open({
    alert_type: 'PER_EVENT',
    projections: ['duration'],
    thresholds: { ...above(100), warning: { operator: 'greater_than', value: 50 } },
  });
  await store(1, [
    { eventId: 'slow', durationMs: 150 },
    { eventId: 'so so', durationMs: 60 },
    { eventId: 'fast' },
  ]);
  await until(1);
  await store(2, [{ eventId: 'late', durationMs: 170, startTime: start - 60 * minuteMs }]);
  await until(2);
  await until(3);

  expect(await edges()).toEqual([
    [1, 'slow', 'triggered', 150],
    [1, 'so so', 'warning', 60],
    [2, 'late', 'triggered', 170],
  ]);
  expect(noticed()).toHaveLength(3);
  expect(await result()).toMatchObject({ triggered: 3 });
});

test('a session in a loop fires once, while it runs', async () => {
  const { store, edges, notices, projectId } = await open({
    alert_type: 'LOOP',
    loop: { repeats: 3 },
  });
  const call = { eventType: 'tool', eventName: 'search', sessionId: 'loop' } as const;
  await events.insert([
    buildStoredSession({ projectId, sessionId: 'loop', startTime: start, updatedAt: start }),
  ]);
  await store(1, [call, call]);
  await until(1);
  await store(2, [call, call]);
  await until(2);
  await store(3, [call]);
  await until(3);

  expect(await edges()).toEqual([[2, 'loop', 'triggered', 4]]);
  expect(JSON.parse(notices()[0]?.payload ?? '{}')).toMatchObject({
    reason: 'repeats',
    group: 'loop',
  });
});

test('paused, it is not evaluated; muted, it is, without notifications', async () => {
  const { store, save, edges, noticed } = await open({ ...slow, status: 'PAUSED' });
  for (const minute of [1, 2, 3]) await store(minute, [{ durationMs: 150 }]);
  await until(1);
  await save({ status: 'ACTIVE', is_muted: true });
  await until(2);
  await save({ status: 'ACTIVE', is_muted: false });
  await until(3);

  expect(await edges()).toEqual([[2, null, 'triggered', 150]]);
  expect(noticed()).toEqual([[3, 'triggered']]);
});

test('resolved by hand, it fires again for a new reason only', async () => {
  const { store, save, edges, noticed } = await open(slow);
  for (const minute of [1, 2, 4]) await store(minute, [{ durationMs: 150 }]);
  await until(1);
  await save({}, 'by hand');
  for (const minute of [2, 3, 4]) await until(minute);

  const changes = (await edges()).map(([, , edge]) => edge);
  expect(changes).toEqual(['triggered', 'resolved', 'triggered']);
  expect(noticed()).toEqual([
    [1, 'triggered'],
    [2, 'resolved'],
    [4, 'triggered'],
  ]);
});

test('what was changed, deleted or belongs to a deleted project meanwhile is not stored', async () => {
  const { place, projectId, edges } = await open(slow);
  const alert = await metadata.findAlert(place);
  const change = {
    run: { ...place, minute: start, result: '{}', lastTriggeredAt: null, lastChangedAt: null },
    states: [],
    gone: [],
    edges: [],
    notifications: [],
  };
  await metadata.storeChanges([{ ...change, updatedAt: (alert?.updatedAt ?? 0) - 1 }]);
  await metadata.storeChanges([{ ...change, updatedAt: null }]);
  await metadata.deleteProject(projectId);
  await metadata.storeChanges([
    { ...change, updatedAt: null, run: { ...change.run, alertId: 'error_rate' } },
  ]);

  expect(await metadata.listRuns(projectId)).toEqual([]);
  expect(await edges()).toEqual([]);
});

test('history and notifications are kept for a time, and as many as a project may have', async () => {
  const { store, edges, noticed } = await open(slow);
  for (const minute of [1, 3, 5]) await store(minute, [{ durationMs: 150 }]);
  for (let minute = 1; minute <= 6; minute += 1) await until(minute);

  await metadata.trimAlerts({ before: start + 3 * minuteMs, mostOfProject: 100 });
  const inTime = [(await edges()).length, noticed().length];
  await metadata.trimAlerts({ before: 0, mostOfProject: 2 });

  expect(inTime).toEqual([4, 4]);
  expect((await edges()).map(([minute, , edge]) => [minute, edge])).toEqual([
    [5, 'triggered'],
    [6, 'resolved'],
  ]);
  expect(noticed()).toHaveLength(2);
});

test('the thresholds of the settings are evaluated as soon as they are there', async () => {
  const { id: projectId } = await metadata.ensureProject('with settings', start);
  await metadata.changeSettings(
    projectId,
    () => ({ alert_thresholds: { error_rate: 0.5 } }),
    now(),
  );
  await events.insert(
    Array.from({ length: 20 }, (_, index) =>
      buildStoredEvent({
        projectId,
        eventId: `e${index}`,
        startTime: start + 30_000,
        error: index < 15 ? 'x' : null,
      }),
    ),
  );
  await until(1);

  const [run] = await metadata.listRuns(projectId);
  expect(run).toMatchObject({ alertId: 'error_rate', lastTriggeredAt: start + minuteMs });
  expect(JSON.parse(run?.result ?? '{}')).toMatchObject({ value: 0.75, count: 20, triggered: 1 });
});
