import { expect, it, test } from 'vitest';
import { emptyDraft, findProblems, readDraft, toAlert } from './alert-draft.ts';
import type { AlertDraft, DraftContext } from './alert-draft.ts';
import { noChannel, noChannels } from './channel-draft.ts';
import { emptyCondition, parseThreshold } from './measure-draft.ts';

const draft: AlertDraft = { ...emptyDraft, name: 'slow', critical: '4000' };

const hasError = [{ field: 'error', operator: 'exists' }] as const;
/** Only one query says something. */
const compile = (query: string) => (query === 'has:error' ? hasError : null);
const context: DraftContext = { filters: [], compile, before: null };

test('what is typed becomes an alert', () => {
  expect(findProblems(draft, compile)).toEqual({});
  expect(
    toAlert({ ...draft, warning: '3000', resolved: '2000', groupBy: 'model' }, context),
  ).toEqual({
    name: 'slow',
    description: '',
    alert_type: 'AGGREGATE',
    filters: [],
    destination_ids: [],
    minimum_sample_size: 0,
    renotify_minutes: null,
    notification_details: {},
    ratio: null,
    conditions: null,
    loop: null,
    aggregation: 'P95',
    projections: ['duration'],
    window: '1h',
    group_by: 'model',
    thresholds: {
      critical: { operator: 'greater_than', value: 4000 },
      warning: { operator: 'greater_than', value: 3000 },
      resolved: { operator: 'less_than', value: 2000 },
    },
  });
});

test('an error rate is typed as percent and kept as a ratio', () => {
  const errors = { ...draft, metric: 'error', aggregation: 'AVERAGE', critical: '5' } as const;

  expect(toAlert(errors, context).thresholds?.critical.value).toBe(0.05);
});

test('a loop has separate limits, and none of the others', () => {
  const loop = { ...draft, type: 'LOOP', critical: '', repeats: '5', costUsd: '2.5' } as const;

  expect(findProblems(loop, compile)).toEqual({});
  expect(toAlert(loop, context)).toMatchObject({ loop: { repeats: 5, cost_usd: 2.5 } });
  expect(toAlert(loop, context)).toMatchObject({ thresholds: null, conditions: null });
});

test('a share of the events is a query, its threshold percent', () => {
  const share = { ...draft, aggregation: 'RATIO', share: 'has:error', critical: '5' } as const;

  expect(toAlert(share, context)).toMatchObject({
    ratio: { filters: hasError },
    projections: [],
    thresholds: { critical: { value: 0.05 } },
  });
});

test('further conditions each have a unit', () => {
  const conditions = [
    { ...emptyCondition, value: '3' },
    { ...emptyCondition, aggregation: 'RATIO', share: 'has:error', value: '10' },
  ] as const;

  expect(toAlert({ ...draft, match: 'any', conditions }, context).conditions).toEqual({
    match: 'any',
    of: [
      { aggregation: 'COUNT', projections: [], operator: 'greater_than', value: 3 },
      { projections: [], ratio: { filters: hasError }, operator: 'greater_than', value: 0.1 },
    ],
  });
});

test('channels become details, and those that were not changed stay with what is not shown', () => {
  const warning = { channel: 'SLACK', metadata: { url: 'https://a.test/…' }, by: 'x' } as const;
  const before = { notification_details: { warning, resolved: warning } };
  const channels = {
    critical: { channel: 'EMAIL', target: 'a@example.org, b@example.org' },
    warning: { channel: 'SLACK', target: 'https://a.test/…' },
    resolved: noChannel,
  } as const;
  const edited = { ...context, before: before as unknown as DraftContext['before'] };

  expect(toAlert({ ...draft, channels }, edited).notification_details).toEqual({
    critical: { channel: 'EMAIL', metadata: { emails: ['a@example.org', 'b@example.org'] } },
    warning,
  });
});

it.each<[Partial<AlertDraft>, string]>([
  [{ name: ' ' }, 'name'],
  [{ window: '32d' }, 'window'],
  [{ window: '5' }, 'window'],
  [{ critical: '' }, 'critical'],
  [{ critical: 'many' }, 'critical'],
  [{ warning: 'many' }, 'warning'],
  [{ minimum: '1.5' }, 'minimum'],
  [{ renotify: '0' }, 'renotify'],
  [{ aggregation: 'RATIO', share: 'words' }, 'share'],
  [{ conditions: [emptyCondition] }, 'condition 0'],
  [
    { conditions: [{ ...emptyCondition, aggregation: 'RATIO', share: ' ', value: '1' }] },
    'share 0',
  ],
  [{ channels: { ...noChannels, warning: { channel: 'SLACK', target: ' ' } } }, 'warning'],
  [{ type: 'LOOP' }, 'repeats'],
  [{ type: 'LOOP', steps: '-1' }, 'steps'],
])('%j is wrong at %s', (change, field) => {
  expect(Object.keys(findProblems({ ...draft, ...change }, compile))).toEqual([field]);
});

it('a threshold may be negative, and may be left out', () => {
  expect([
    parseThreshold('percent', '-20'),
    parseThreshold('ms', ' '),
    parseThreshold('ms', 'x'),
  ]).toEqual([-20, undefined, null]);
});

test('a link begins an alert with the number of a chart', () => {
  expect(readDraft('?n=Cost&m=cost_usd&a=sum&g=model')).toMatchObject({
    name: 'Cost',
    metric: 'cost_usd',
    aggregation: 'SUM',
    groupBy: 'model',
  });
  expect(readDraft('?a=count')).toMatchObject({ aggregation: 'COUNT', metric: '' });
  expect(readDraft('?a=nonsense')).toEqual(emptyDraft);
});
