import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { anyText } from './matching.ts';
import { openProject } from './own-project.ts';

const { api, organisation, name, id } = await openProject();

test.each([
  ['id', id],
  ['name', name],
])('has the defaults until something is set, by %s', async (_how, project_id) => {
  const settings = await api.ok('getProjectSettings', { params: { project_id } });

  expect(settings).toEqual({
    project: name,
    sampling_rate: 1,
    retention_days: null,
    payload_retention_days: null,
    sampling_by_source: {},
    sampling_by_event_type: {},
    keep_errors: false,
    keep_feedback: false,
    alert_thresholds: {},
    alert_states: {},
    updated_at: anyText,
  });
});

test('answers 404 for an unknown project', async () => {
  const refusal = await organisation.refused('getProjectSettings', 404, {
    params: { project_id: randomUUID() },
  });

  expect(refusal.errorCode).toBe('not_found');
});
