import { expect, test } from 'vitest';
import type { ExploreQuery } from '../../../domain/explore-query.ts';
import { justBefore, pageWindow, toPlainQuery } from './explore-tally.ts';

const tally = [
  { hour: 9, value: 5 },
  { hour: 7, value: 5 },
  { hour: 3, value: 50 },
];

test.each([
  [{ isDescending: true, afterHour: null, limit: 5 }, { fromHour: 9 }],
  [{ isDescending: true, afterHour: null, limit: 6 }, { fromHour: 7 }],
  [{ isDescending: true, afterHour: null, limit: 500 }, { fromHour: 3 }],
  [{ isDescending: true, afterHour: 9, limit: 5 }, { fromHour: 7 }],
  [{ isDescending: true, afterHour: 8, limit: 1 }, { fromHour: 3 }],
  [{ isDescending: true, afterHour: 2, limit: 1 }, null],
  [{ isDescending: false, afterHour: null, limit: 5 }, { toHour: 3 }],
  [{ isDescending: false, afterHour: 7, limit: 2 }, { toHour: 9 }],
])('the page %j lies in %j', (page, window) => {
  expect(pageWindow(tally, page)).toEqual(window);
});

test.each([1, 0.5, 1_760_000_000_000, 1_760_000_000_000.25])(
  'just before %d is nothing else',
  (value) => {
    const before = justBefore(value);

    expect(before).toBeLessThan(value);
    expect((before + value) / 2 === before || (before + value) / 2 === value).toBe(true);
  },
);

const query: ExploreQuery = {
  projectId: 'p',
  scope: 'sessions',
  filters: [],
  target: 'session',
  words: [],
};
const isError = { path: ['error'], operator: 'exists', value: null, type: 'string' } as const;
const isDear = { path: ['cost_usd'], operator: 'greater than', value: 1, type: 'number' } as const;

test('rows that other events decide on are counted in another way', () => {
  const plain = [
    query,
    { ...query, filters: [isError] },
    { ...query, target: 'any_event' as const },
    { ...query, scope: 'events' as const, target: 'any_event' as const, filters: [isDear] },
  ];
  const others = [
    { ...query, words: ['a'] },
    { ...query, filters: [isDear] },
    { ...query, filters: [{ anyOf: [isError, isDear] }] },
    { ...query, filters: [isError], target: 'any_event' as const },
  ];

  expect(plain.map(toPlainQuery)).not.toContain(null);
  expect(others.map(toPlainQuery)).toEqual([null, null, null, null]);
  expect(toPlainQuery({ ...query, fromMs: 1, beforeMs: 2 })).toMatchObject({
    projectIds: ['p'],
    rootsOnly: true,
    fromMs: 1,
  });
});
