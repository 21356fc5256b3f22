import { expect, test } from 'vitest';
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

test('keeps events for ever with `retention_days: null`', async () => {
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
  ['retention_days', 0],
  ['retention_days', 1.5],
  ['retention_days', '30'],
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
