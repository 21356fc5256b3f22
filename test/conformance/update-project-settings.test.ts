import { describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { openProject } from './own-project.ts';

const { api, organisation, name, id } = await openProject();

const update = (body: object) =>
  api.ok('updateProjectSettings', { params: { project_id: id }, body });

test('merges settings into those that are stored, alert thresholds one by one', async () => {
  await update({
    sampling_rate: 0.5,
    retention_days: 30,
    alert_thresholds: { error_rate: 0.1, latency_p95: 900 },
  });

  const updated = await update({
    retention_days: 60,
    alert_thresholds: { error_rate: null, cost: 5 },
    theme: { a: 1 },
  });
  const read = await organisation.ok('getProjectSettings', { params: { project_id: name } });

  expect(updated).toMatchObject({
    project: name,
    sampling_rate: 0.5,
    retention_days: 60,
    alert_thresholds: { latency_p95: 900, cost: 5 },
    theme: { a: 1 },
  });
  expect(updated.alert_thresholds).not.toHaveProperty('error_rate');
  expect(read).toEqual(updated);
});

test('keeps events forever with `retention_days: null`', async () => {
  await update({ retention_days: 30 });

  expect(await update({ retention_days: null })).toMatchObject({ retention_days: null });
});

test('takes back what it answered', async () => {
  const before = await update({ sampling_rate: 0.25 });

  const after = await update(before);

  expect({ ...after, updated_at: '' }).toEqual({ ...before, updated_at: '' });
});

test('loses nothing of changes that arrive together', async () => {
  const names = Array.from({ length: 20 }, (_each, index) => `threshold_${index}`);

  await Promise.all(names.map((threshold) => update({ alert_thresholds: { [threshold]: 1 } })));
  const read = await api.ok('getProjectSettings', { params: { project_id: id } });

  expect(Object.keys(read.alert_thresholds)).toEqual(expect.arrayContaining(names));
});

test.each([
  ['sampling_rate', 1.5],
  ['sampling_rate', -0.1],
  ['sampling_rate', '0.5'],
  ['sampling_rate', null],
  ['sampling_by_source', { a: 2 }],
  ['sampling_by_event_type', { session: 1 }],
  ['keep_errors', 'yes'],
  ['keep_feedback', 1],
  ['retention_days', 0],
  ['retention_days', 1.5],
  ['retention_days', '30'],
  ['payload_retention_days', 0],
  ['payload_retention_days', 1.5],
  ['alert_thresholds', 5],
  ['alert_thresholds', { error_rate: 2 }],
  ['alert_thresholds', { latency_p95: 'slow' }],
])('refuses %s = %j and names it', async (field, value) => {
  const refusal = await api.refused('updateProjectSettings', 400, {
    params: { project_id: id },
    body: { [field]: value },
  });

  expect(refusal.issues?.[0]?.field).toContain(field);
});

test('answers 404 for an unknown project', async () => {
  const refusal = await organisation.refused('updateProjectSettings', 404, {
    params: { project_id: randomUUID() },
    body: { sampling_rate: 1 },
  });

  expect(refusal.errorCode).toBe('not_found');
});

describe('settings have bounds, and what is over one changes nothing', () => {
  const thresholds = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, at]));

  test.each([
    ['too many thresholds', { alert_thresholds: thresholds(101) }, 'alertThresholds'],
    [
      'too many sources',
      {
        sampling_by_source: Object.fromEntries(
          Object.keys(thresholds(101)).map((name) => [name, 1]),
        ),
      },
      'samplingSources',
    ],
    ['too large', { note: 'x'.repeat(64 * 1024) }, 'settingsBytes'],
    ['a long name', { ['n'.repeat(201)]: 1 }, 'settingNameChars'],
    ['a long threshold', { alert_thresholds: { ['n'.repeat(201)]: 1 } }, 'settingNameChars'],
  ])('%s', async (_, body, limit) => {
    const own = await openProject();
    const params = { project_id: own.id };
    await own.api.ok('updateProjectSettings', { params, body: { sampling_rate: 0.5 } });
    const before = await own.api.ok('getProjectSettings', { params });

    const refusal = await own.api.refused('updateProjectSettings', 400, { params, body });

    expect(refusal.message).toContain(limit);
    expect(await own.api.ok('getProjectSettings', { params })).toEqual(before);
  });

  test('bit by bit as well', async () => {
    const own = await openProject();
    const params = { project_id: own.id };
    await own.api.ok('updateProjectSettings', {
      params,
      body: { alert_thresholds: thresholds(100), note: 'x'.repeat(40_000) },
    });

    await own.api.refused('updateProjectSettings', 400, {
      params,
      body: { alert_thresholds: { more: 1 } },
    });
    await own.api.refused('updateProjectSettings', 400, {
      params,
      body: { other: 'x'.repeat(40_000) },
    });
    const smaller = await own.api.ok('updateProjectSettings', {
      params,
      body: { note: '', alert_thresholds: { t0: null } },
    });

    expect(Object.keys(smaller.alert_thresholds)).toHaveLength(99);
  });
});
