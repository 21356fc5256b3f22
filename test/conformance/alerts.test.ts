import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { slowCalls } from './alert-attempts.ts';
import { openProject } from './own-project.ts';
import type { OwnProject } from './own-project.ts';

const params = { project_id: '' };
const own = await openProject();
params.project_id = own.id;
const { api } = own;
const create = async (body: object, { api: caller, id }: OwnProject = own) =>
  (await caller.ok('createAlert', { params: { project_id: id }, body: { ...slowCalls, ...body } }))
    .data;

describe('an alert is kept as it was given', () => {
  test('with the defaults of what it leaves out', async () => {
    const made = await create({ name: 'plain' });

    expect(made).toMatchObject({
      ...slowCalls,
      name: 'plain',
      project_id: own.id,
      filters: [],
      group_by: null,
      frequency: 'HOURLY',
      timezone: 'UTC',
      conditions: null,
      missing_data: 'keep',
      status: 'ACTIVE',
      is_muted: false,
      standing: false,
      last_run_at: null,
      last_result: null,
    });
    const read = await api.ok('getAlert', { params: { ...params, alert_id: made.id } });
    expect(read).toEqual({ success: true, data: made });
  });

  test('as the vendor sends it', async () => {
    const body = {
      name: 'cost a day',
      description: 'of the support agent',
      alert_type: 'AGGREGATE',
      aggregation: 'SUM',
      filters: [{ field: 'metadata.team', operator: 'is', value: 'support', type: 'string' }],
      projections: ['cost_usd'],
      frequency: 'DAILY',
      minimum_sample_size: 0,
      thresholds: {
        critical: { operator: 'greater_than', value: 100 },
        resolved: { operator: 'less_than', value: 80 },
      },
      notification_details: {
        critical: { channel: 'EMAIL', metadata: { to: 'a@example.org' }, user_ids: ['u'] },
        resolved: { channel: 'SLACK', metadata: {}, user_ids: [] },
      },
    } as const;

    const { data } = await api.ok('createAlert', { params, body });

    expect(data).toMatchObject({ ...body, window: '1d', missing_data: 'zero' });
  });

  test.each([
    ['a drift', { alert_type: 'DRIFT', projections: ['cost_usd'], aggregation: 'SUM' }],
    ['each event', { alert_type: 'PER_EVENT', aggregation: 'AVERAGE' }],
    ['a rate', { aggregation: undefined, projections: undefined, ratio: { filters: [] } }],
    ['a count of all events', { aggregation: 'COUNT', projections: undefined }],
    ['groups and a month', { group_by: 'metadata.user.plan', window: 'month' }],
  ])('%s', async (_what, body) => {
    expect(await create(body)).toMatchObject(JSON.parse(JSON.stringify(body)) as object);
  });

  test('with destinations of its project alone, which it keeps when they are deleted', async () => {
    const body = { kind: 'webhook', name: 'hook', url: 'http://localhost:9/' };
    const { destination } = await api.ok('createAlertDestination', { params, body });
    const other = await openProject();
    const foreign = await other.api.ok('createAlertDestination', {
      params: { project_id: other.id },
      body,
    });
    const ids = [destination.id, foreign.destination.id, 'none'];

    const refusal = await api.refused('createAlert', 400, {
      params,
      body: { ...slowCalls, name: 'sent', destination_ids: ids },
    });
    const made = await create({ name: 'sent', destination_ids: [destination.id] });
    const at = { ...params, destination_id: destination.id };
    await api.ok('deleteAlertDestination', { params: at });
    const changed = await api.ok('updateAlert', {
      params: { ...params, alert_id: made.id },
      body: { name: 'sent on', destination_ids: made.destination_ids },
    });

    expect(refusal.issues?.map(({ field }) => field)).toEqual([
      'destination_ids[1]',
      'destination_ids[2]',
    ]);
    expect(changed.data).toMatchObject({ name: 'sent on', destination_ids: [destination.id] });
  });

  test('a loop, without thresholds', async () => {
    const body = {
      name: 'stuck',
      alert_type: 'LOOP',
      loop: { repeats: 5, cost_usd: 2.5 },
    } as const;

    const { data } = await api.ok('createAlert', { params, body });

    expect(data).toMatchObject({ ...body, thresholds: null });
  });
});

test('a list has pages, by name, and can be of one status', async () => {
  const other = await openProject();
  for (const name of ['c', 'a', 'b']) await create({ name }, other);
  await create({ name: 'd', status: 'PAUSED' }, other);
  const list = (query: Record<string, string>) =>
    other.api.ok('listAlerts', { params: { project_id: other.id }, query });

  const first = await list({ limit: '3' });
  const second = await list({ limit: '3', page: '2' });
  const paused = await list({ status: 'PAUSED' });

  expect(first.data.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(first.pagination).toEqual({
    page: 1,
    limit: 3,
    total: 4,
    total_pages: 2,
    has_next: true,
    has_prev: false,
  });
  expect(second.data.map(({ name }) => name)).toEqual(['d']);
  expect(second.pagination).toMatchObject({ has_next: false, has_prev: true });
  expect(paused.data.map(({ name }) => name)).toEqual(['d']);
});

describe('an alert is changed', () => {
  test('in part: what is left out stays', async () => {
    const { id } = await create({ group_by: 'model' });
    const place = { ...params, alert_id: id };

    const { data } = await api.ok('updateAlert', {
      params: place,
      body: { name: 'slower', thresholds: { critical: { operator: 'less_than', value: 1 } } },
    });

    expect(data).toMatchObject({
      id,
      name: 'slower',
      group_by: 'model',
      thresholds: { critical: { operator: 'less_than', value: 1 } },
    });
    expect(data.thresholds).not.toHaveProperty('warning');
  });

  test('as a whole, under an id of the caller, which makes it first', async () => {
    const place = { ...params, alert_id: `file-${randomUUID()}` };

    const made = await api.ok('saveAlert', { params: place, body: slowCalls });
    const replaced = await api.ok('saveAlert', {
      params: place,
      body: { ...slowCalls, name: 'again', minimum_sample_size: undefined },
    });

    expect(made.data).toMatchObject({ id: place.alert_id, name: slowCalls.name });
    expect(replaced.data).toMatchObject({
      name: 'again',
      minimum_sample_size: 0,
      created_at: made.data.created_at,
    });
  });

  test('it is paused, resumed, muted for a time and not any longer', async () => {
    const { id } = await create({});
    const update = async (body: object) =>
      (await api.ok('updateAlert', { params: { ...params, alert_id: id }, body })).data;
    const later = new Date(Date.now() + 60_000).toISOString();

    expect(await update({ status: 'PAUSED' })).toMatchObject({ status: 'PAUSED' });
    expect(await update({ muted_until: later })).toMatchObject({
      status: 'PAUSED',
      is_muted: true,
      muted_until: later,
    });
    expect(await update({ status: 'RESOLVED' })).toMatchObject({ status: 'PAUSED' });
    expect(await update({ status: 'ACTIVE', is_muted: false })).toMatchObject({
      status: 'ACTIVE',
      is_muted: false,
      muted_until: null,
    });
    expect(await update({ muted_until: Date.now() - 1 })).toMatchObject({ is_muted: false });
  });

  test('and deleted with its history', async () => {
    const { id } = await create({});
    const place = { ...params, alert_id: id };

    expect((await api.ok('getAlertHistory', { params: place })).data).toEqual([]);
    expect((await api.ok('getAlertGroups', { params: place })).data).toEqual([]);
    expect(await api.ok('deleteAlert', { params: place })).toEqual({ success: true, deleted: id });

    for (const operation of ['getAlert', 'getAlertHistory', 'getAlertGroups'] as const)
      expect((await api.refused(operation, 404, { params: place })).errorCode).toBe('not_found');
    await api.refused('deleteAlert', 404, { params: place });
  });
});

describe('the two thresholds of the settings are alerts', () => {
  const set = ({ api: caller, id }: OwnProject, thresholds: object) =>
    caller.ok('updateProjectSettings', {
      params: { project_id: id },
      body: { alert_thresholds: thresholds },
    });
  const thresholdsOf = async ({ api: caller, id }: OwnProject) =>
    (await caller.ok('getProjectSettings', { params: { project_id: id } })).alert_thresholds;

  test('as long as the settings have them', async () => {
    const project = await openProject();
    const list = async () =>
      (await project.api.ok('listAlerts', { params: { project_id: project.id } })).data;

    expect(await list()).toEqual([]);
    await set(project, { error_rate: 0.05, latency_p95: 5_000, other: 1 });
    expect(await list()).toMatchObject([
      { id: 'error_rate', standing: true, thresholds: { critical: { value: 0.05 } } },
      { id: 'latency_p95', aggregation: 'P95', thresholds: { critical: { value: 5_000 } } },
    ]);
    await set(project, { error_rate: null });
    expect((await list()).map(({ id }) => id)).toEqual(['latency_p95']);
  });

  test('and are changed in both places', async () => {
    const project = await openProject();
    const place = { project_id: project.id, alert_id: 'error_rate' };
    await set(project, { error_rate: 0.05 });
    const thresholds = { critical: { operator: 'greater_than', value: 0.2 } } as const;

    const { data } = await project.api.ok('updateAlert', {
      params: place,
      body: { window: '15m', thresholds },
    });
    const afterUpdate = await thresholdsOf(project);
    await set(project, { error_rate: 0.3 });
    const read = await project.api.ok('getAlert', { params: place });
    await project.api.ok('deleteAlert', { params: place });

    expect(data).toMatchObject({ window: '15m', thresholds });
    expect(afterUpdate).toEqual({ error_rate: 0.2 });
    expect(read.data).toMatchObject({ window: '15m', thresholds: { critical: { value: 0.3 } } });
    expect(await thresholdsOf(project)).toEqual({});
    await project.api.refused('getAlert', 404, { params: place });
  });

  test.each([
    ['another number', { projections: ['cost_usd'] }, 'projections'],
    ['another kind', { alert_type: 'DRIFT' }, 'alert_type'],
    [
      'a rate above 1',
      { thresholds: { critical: { operator: 'greater_than', value: 2 } } },
      'thresholds.critical.value',
    ],
  ])('but not to %s', async (_what, body, field) => {
    const project = await openProject();
    const place = { project_id: project.id, alert_id: 'error_rate' };
    await set(project, { error_rate: 0.05 });

    const refusal = await project.api.refused('updateAlert', 400, { params: place, body });

    expect(refusal.issues?.map((issue) => issue.field)).toEqual([field]);
    expect(await thresholdsOf(project)).toEqual({ error_rate: 0.05 });
  });
});

describe('an alert that means nothing is refused with the field', () => {
  const threshold = { operator: 'greater_than', value: 1 };
  test.each<[what: string, body: object, field: string]>([
    ['no name', { name: ' ' }, 'name'],
    ['an unknown key', { colour: 'red' }, 'colour'],
    ['no thresholds', { thresholds: undefined }, 'thresholds'],
    ['no number', { projections: undefined }, 'projections'],
    ['two numbers', { projections: ['duration', 'cost_usd'] }, 'projections'],
    ['a number that no event has', { projections: ['speed'] }, 'projections[0]'],
    ['a group that no event has', { group_by: 'speed' }, 'group_by'],
    [
      'an unknown operator',
      { thresholds: { critical: { operator: '>', value: 1 } } },
      'thresholds.critical.operator',
    ],
    [
      'a filter without a value',
      { filters: [{ field: 'model', operator: 'is' }] },
      'filters[0].value',
    ],
    ['a window of seconds', { window: '30s' }, 'window'],
    ['a window that is too long', { window: '32d' }, 'window'],
    ['an unknown zone', { timezone: 'Mars/Base' }, 'timezone'],
    ['a rate of a number', { ratio: { filters: [] } }, 'projections'],
    [
      'a rate of an unknown field',
      { projections: undefined, ratio: { filters: [{ field: 'x', operator: 'exists' }] } },
      'ratio.filters[0].field',
    ],
    [
      'a further condition without a number',
      { conditions: { match: 'all', of: [{ aggregation: 'SUM', ...threshold }] } },
      'conditions.of[0].projections',
    ],
    ['groups of single events', { alert_type: 'PER_EVENT', group_by: 'model' }, 'group_by'],
    [
      'a loop without limits',
      { alert_type: 'LOOP', loop: {}, projections: [], thresholds: undefined },
      'loop',
    ],
    ['limits of a loop without a loop', { loop: { steps: 5 } }, 'loop'],
    ['an unreadable instant', { muted_until: 'soon' }, 'muted_until'],
  ])('%s', async (_what, body, field) => {
    const refusal = await api.refused('createAlert', 400, {
      params,
      body: { ...slowCalls, ...body },
    });

    expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
  });

  test('and so is an id that is no path segment, or too long', async () => {
    for (const id of ['x'.repeat(129), '%2e%2e']) {
      const place = { ...params, alert_id: id };
      const refusal = await api.refused('saveAlert', 400, { params: place, body: slowCalls });
      expect(refusal.issues?.[0]?.field).toBe('alert_id');
    }
  });

  test('and a page that cannot exist', async () => {
    for (const query of [{ page: '0' }, { limit: '101' }, { limit: 'x' }]) {
      const refusal = await api.refused('listAlerts', 400, { params, query });
      expect(refusal.issues?.[0]?.field).toBe(Object.keys(query)[0]);
    }
  });
});

test('refuses more alerts than a project may have', { timeout: 240_000 }, async () => {
  const full = await openProject();
  const send = () =>
    full.api.send('createAlert', { params: { project_id: full.id }, body: slowCalls });
  const statuses: number[] = [];
  for (let count = 0; count < 1_001; count += 1) statuses.push((await send()).status);

  expect(statuses.slice(0, 1_000).every((status) => status === 200)).toBe(true);
  expect(statuses[1_000]).toBe(409);
});

describe('a back-test', () => {
  const minuteMs = 60_000;
  const now = Math.floor(Date.now() / minuteMs) * minuteMs;
  const event = (minutesAgo: number, fields: object = {}) =>
    buildEvent({ start_time: now - minutesAgo * minuteMs + 30_000, duration: 100, ...fields });

  test('says when an alert would have fired, for how long, and stores nothing', async () => {
    const tested = await openProject();
    const place = { project_id: tested.id };
    await tested.api.ok('createEventBatch', {
      body: {
        events: [
          event(120),
          event(60, { duration: 5_000 }),
          event(59, { duration: 6_000 }),
          event(30),
        ],
      },
    });

    const { data } = await tested.api.ok('backtestAlert', {
      params: place,
      body: {
        aggregation: 'MAX',
        projections: ['duration'],
        window: '1m',
        missing_data: 'zero',
        thresholds: { critical: { operator: 'greater_than', value: 4_000 } },
        from: now - 180 * minuteMs,
        to: now,
      },
    });

    expect(data).toMatchObject({ step_ms: minuteMs, fired: 1, groups_total: 1, to: now });
    expect(data.groups[0]).toMatchObject({
      group: null,
      alarm_ms: 2 * minuteMs,
      firings: [
        {
          status: 'critical',
          from: now - 59 * minuteMs,
          to: now - 57 * minuteMs,
          value: 5_000,
        },
      ],
    });
    expect(data.groups[0]?.points).toHaveLength(181);
    expect((await tested.api.ok('listAlerts', { params: place })).data).toEqual([]);
  });

  test('has the groups that fired most, and single events and sessions', async () => {
    const tested = await openProject();
    const place = { project_id: tested.id };
    const session_id = randomUUID();
    const tool = { event_type: 'tool', event_name: 'search', session_id, inputs: { q: 'same' } };
    await tested.api.ok('createEventBatch', {
      body: {
        events: [
          event(50, { config: { model: 'slow' }, duration: 9_000 }),
          event(40, { config: { model: 'fast' }, duration: 1 }),
          ...[3, 2, 1].map((minutes) => event(minutes, tool)),
        ],
      },
    });
    const backtest = async (body: object) =>
      (await tested.api.ok('backtestAlert', { params: place, body })).data;
    const thresholds = { critical: { operator: 'greater_than', value: 4_000 } };
    const ofDuration = { aggregation: 'MAX', projections: ['duration'], thresholds };

    const grouped = await backtest({ ...ofDuration, group_by: 'model', window: '5m' });
    const single = await backtest({ ...ofDuration, alert_type: 'PER_EVENT' });
    const loops = await backtest({ alert_type: 'LOOP', loop: { repeats: 3 } });

    expect(grouped.groups.map(({ group, fired }) => [group, fired])).toEqual([
      ['slow', 1],
      ['fast', 0],
      [null, 0],
    ]);
    expect(single).toMatchObject({ fired: 1, step_ms: null, events: [{ value: 9_000 }] });
    expect(loops).toMatchObject({ fired: 1, events: [{ group: session_id, value: 3 }] });
  });

  test.each<[what: string, body: object, field: string]>([
    ['without thresholds', { thresholds: undefined }, 'thresholds'],
    ['that ends before it begins', { from: 2, to: 1 }, 'to'],
    ['of more than a month', { from: 0, to: 40 * 86_400_000 }, 'from'],
  ])('%s is refused', async (_what, change, field) => {
    const body = { ...slowCalls, ...change };

    const refusal = await api.refused('backtestAlert', 400, { params, body });

    expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
  });
});
