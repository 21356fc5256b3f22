import { expect, test } from 'vitest';
import { namesOf, storeSample } from './filter-sample.ts';
import { openProject } from './own-project.ts';

const { api, organisation, name: projectName } = await openProject();
const { sessionId, ids } = await storeSample(api);

const json = JSON.stringify;

test('answers with everything, newest first, and the totals', async () => {
  const page = await api.ok('listEvents');

  expect(namesOf(page)).toEqual(['gamma', 'beta', 'alpha', 'root']);
  expect(page).toMatchObject({ totalEvents: 4, count: 4 });
  expect(page.events[3]).toMatchObject({ event_id: sessionId, event_count: 3 });
});

test.each([
  ['dateRange as JSON', { dateRange: json({ $gte: '2026-01-02T00:00:00Z' }) }, ['gamma', 'beta']],
  [
    'dateRange as a deep object',
    { 'dateRange[$gte]': '2026-01-01T00:00:00Z', 'dateRange[$lte]': '2026-01-02T00:00:00Z' },
    ['beta', 'alpha'],
  ],
  ['dateRange in milliseconds', { 'dateRange[$gte]': Date.UTC(2026, 0, 3) }, ['gamma']],
  [
    'a list of filters as JSON',
    { filters: json([{ field: 'event_type', operator: 'is', value: 'model' }]) },
    ['beta'],
  ],
  [
    'one filter as JSON',
    {
      filters: json({ field: 'metadata.score', operator: 'less than', value: 10, type: 'number' }),
    },
    ['beta'],
  ],
  ['limit and page', { limit: 1, page: 2 }, ['beta']],
  ['limit and offset', { limit: 2, offset: 2 }, ['alpha', 'root']],
  ['evaluation_id', { evaluation_id: 'run-1' }, ['alpha']],
  ['ignore_order', { ignore_order: true }, ['gamma', 'beta', 'alpha', 'root']],
  ['equality of a field', { event_type: 'tool' }, ['alpha']],
  ['equality of two fields', { source: 'dev', event_name: 'gamma' }, ['gamma']],
  ['equality of a session id', { session_id: sessionId, limit: 1 }, ['gamma']],
  ['equality of a path', { 'metadata.plan': 'free' }, ['beta']],
  ['equality of a number', { 'metadata.score': 10 }, ['alpha']],
])('takes %s', async (_what, query, names) => {
  expect(namesOf(await api.ok('listEvents', { query }))).toEqual(names);
});

test.each([
  ['JSON', json(['event_name', 'metadata.plan'])],
  ['text with commas', 'event_name, metadata.plan'],
])('answers with the fields that were asked for as %s', async (_how, projections) => {
  const page = await api.ok('listEvents', { query: { projections, event_name: 'alpha' } });

  expect(page.events).toEqual([
    {
      event_id: ids['alpha'],
      session_id: sessionId,
      event_name: 'alpha',
      metadata: { plan: 'pro' },
    },
  ]);
});

test.each([
  ['limit', '0'],
  ['limit', '7501'],
  ['limit', 'all'],
  ['page', '-1'],
  ['offset', '1.5'],
  ['dateRange', 'yesterday'],
  ['dateRange', '{"$gte":"yesterday"}'],
  ['filters', '{'],
  ['filters', '[{"field":"event_type","operator":"like","value":"x"}]'],
])('refuses %s=%s and names it', async (field, value) => {
  const refusal = await api.refused('listEvents', 400, { query: { [field]: value } });

  expect(refusal.issues?.[0]?.field).toContain(field);
});

test('refuses a parameter that is neither its own nor a field of events', async () => {
  const refusal = await api.refused('listEvents', 400, { query: { even_type: 'tool' } });

  expect(refusal.message).toContain('even_type');
});

test('with a key of the organisation, takes the project by name', async () => {
  const page = await organisation.ok('listEvents', { query: { project: projectName } });

  expect(page.totalEvents).toBe(4);
});
