import { describe, expect, test } from 'vitest';
import { isTimeZone } from 'honeyhive-facts';
import { planBuckets } from './time-buckets.ts';
import type { BucketWish } from './time-buckets.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const at = (text: string): number => Date.parse(text);

function plan(from: string, to: string, more: Partial<BucketWish> = {}) {
  const wish = { fromMs: at(from), beforeMs: at(to), timezone: 'UTC', most: 100, ...more };
  const buckets = planBuckets(wish);
  if (!buckets) throw new Error('no buckets');
  const { bucketMs, starts, end } = buckets;
  const edges = [...starts, end];
  return {
    bucketMs,
    edges: edges.map((edge) => new Date(edge).toISOString().replace(':00.000Z', 'Z')),
    hours: edges.slice(1).map((edge, index) => (edge - (edges[index] ?? 0)) / hourMs),
  };
}

describe('days of a zone', () => {
  test.each([
    ['Europe/Berlin', '2026-03-28T12:00Z', '2026-03-30T12:00Z', [24, 23, 24]],
    ['Europe/Berlin', '2026-10-24T12:00Z', '2026-10-26T12:00Z', [24, 25, 24]],
    ['America/New_York', '2026-03-07T12:00Z', '2026-03-09T12:00Z', [24, 23, 24]],
    // Clocks go forward at midnight: the day begins at one.
    ['America/Santiago', '2026-09-05T12:00Z', '2026-09-07T12:00Z', [24, 23, 24]],
    ['Australia/Lord_Howe', '2026-10-03T12:00Z', '2026-10-04T12:00Z', [24, 23.5]],
    ['Asia/Kathmandu', '2026-01-01T00:00Z', '2026-01-02T00:00Z', [24, 24]],
  ])('in %s are as long as clocks make them', (timezone, from, to, hours) => {
    expect(plan(from, to, { timezone, widthMs: dayMs }).hours).toEqual(hours);
  });

  test('begin at midnight there', () => {
    const { edges } = plan('2026-03-28T23:30Z', '2026-03-30T00:00Z', {
      timezone: 'Europe/Berlin',
      widthMs: dayMs,
    });

    expect(edges).toEqual(['2026-03-28T23:00Z', '2026-03-29T22:00Z', '2026-03-30T22:00Z']);
  });
});

test('hours are hours, on the day that has 25 of them as well', () => {
  const { hours, edges } = plan('2026-10-24T22:00Z', '2026-10-25T23:00Z', {
    timezone: 'Europe/Berlin',
    widthMs: hourMs,
  });

  expect(hours).toEqual(Array<number>(25).fill(1));
  expect(edges[0]).toBe('2026-10-24T22:00Z');
});

test('six hours begin at midnight, six, noon and six of the clock', () => {
  const { hours } = plan('2026-03-28T23:00Z', '2026-03-30T22:00Z', {
    timezone: 'Europe/Berlin',
    widthMs: 6 * hourMs,
  });

  expect(hours).toEqual([5, 6, 6, 6, 6, 6, 6, 6]);
});

test.each([
  [7, '2026-01-05T00:00Z', ['2026-01-05T00:00Z', '2026-01-12T00:00Z', '2026-01-19T00:00Z']],
  [30, '2026-01-31T00:00Z', ['2026-01-01T00:00Z', '2026-02-01T00:00Z', '2026-03-01T00:00Z']],
  [90, '2026-03-31T00:00Z', ['2026-01-01T00:00Z', '2026-04-01T00:00Z']],
  [365, '2026-12-31T00:00Z', ['2026-01-01T00:00Z', '2027-01-01T00:00Z']],
])('%i days follow the calendar', (days, from, expected) => {
  const to = new Date(at(expected.at(-1) ?? '') - hourMs).toISOString();

  expect(plan(from, to, { widthMs: days * dayMs }).edges).toEqual(expected);
});

test('every width covers the range without gaps, and the buckets are no more than wanted', () => {
  const from = at('2026-02-27T10:17:31.250Z');
  for (const timezone of [
    'UTC',
    'Europe/London',
    'Asia/Kolkata',
    'America/St_Johns',
    'Pacific/Apia',
  ]) {
    for (let span = 1_000; span < 3_000 * dayMs; span *= 3.7) {
      const buckets = planBuckets({ fromMs: from, beforeMs: from + span, timezone, most: 60 });
      const edges = [...(buckets?.starts ?? []), buckets?.end ?? 0];
      expect(edges[0]).toBeLessThanOrEqual(from);
      expect(edges.at(1)).toBeGreaterThan(from);
      expect(edges.at(-1)).toBeGreaterThanOrEqual(from + span);
      expect(edges.at(-2)).toBeLessThan(from + span);
      expect(edges.length).toBeLessThanOrEqual(62);
      const widths = edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0));
      expect(Math.min(...widths)).toBeGreaterThan(0);
      expect(Math.max(...widths)).toBeLessThan(2 * (buckets?.bucketMs ?? 0));
    }
  }
});

test('says when even years are too many', () => {
  expect(planBuckets({ fromMs: 0, beforeMs: 8e15, timezone: 'UTC', most: 10 })).toBeNull();
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Mars/Olympus', false],
  ["'; DROP TABLE", false],
])('knows that %s is a zone: %s', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
