import fc from 'fast-check';
import { findIssues, filter as filterSchema } from 'honeyhive-wire';
import { describe, expect, test } from 'vitest';
import { compileQuery } from './compile-query.ts';
import { makeCatalogue } from './field-catalogue.ts';
import type { Field } from './field-catalogue.ts';
import { printQuery } from './print-query.ts';
import { condition } from './testing/arbitrary-query.ts';

const field = (path: string, types: Field['types'], on: Field['on'] = 'both'): Field => ({
  path,
  types,
  count: 1,
  on,
});

const catalogue = makeCatalogue([
  field('metadata.tier', ['string']),
  field('metadata.zip', ['string', 'number']),
  field('metadata.cost', ['number']),
  field('metadata.cached', ['boolean']),
  field('metadata.due', ['datetime']),
  field('config.model', ['string'], 'event'),
  field('cost_usd', ['number'], 'event'),
]);

const compile = (text: string, timeZone = 'UTC') => compileQuery(text, { catalogue, timeZone });
const filtersOf = (text: string) => compile(text).query?.filters;

describe('what the API is asked for', () => {
  test.each([
    ['metadata.tier:gold', { operator: 'is', value: 'gold', type: 'string' }],
    ['-metadata.tier:gold', { operator: 'is not', value: 'gold', type: 'string' }],
    ['metadata.tier:42', { operator: 'is', value: '42', type: 'string' }],
    ['metadata.tier:2s', { operator: 'is', value: '2s', type: 'string' }],
    ['metadata.tier:*ol*', { operator: 'contains', value: 'ol', type: 'string' }],
    ['-metadata.tier:*ol*', { operator: 'not contains', value: 'ol', type: 'string' }],
    ['has:metadata.tier', { operator: 'exists' }],
    ['-has:metadata.tier', { operator: 'not exists' }],
    ['metadata.tier:*', { operator: 'exists' }],
    ['-metadata.tier:*', { operator: 'not exists' }],
    ['metadata.zip:10115', { operator: 'is', value: 10_115, type: 'number' }],
    ['metadata.zip:"10115"', { operator: 'is', value: '10115', type: 'string' }],
    ['metadata.zip:10m', { operator: 'is', value: '10m', type: 'string' }],
    ['metadata.cost:>$0.02', { operator: 'greater than', value: 0.02, type: 'number' }],
    ['metadata.cost:<1.5k', { operator: 'less than', value: 1_500, type: 'number' }],
    ['cost:>$0.02', { field: 'cost_usd', operator: 'greater than', value: 0.02, type: 'number' }],
    ['-name:plan', { field: 'event_name', operator: 'is not', value: 'plan', type: 'string' }],
    ['duration:>2s', { operator: 'greater than', value: 2_000, type: 'number' }],
    ['duration:2s', { operator: 'is', value: 2_000, type: 'number' }],
    ['metadata.cached:true', { operator: 'is', value: true, type: 'boolean' }],
    ['metadata.new:true', { operator: 'is', value: true, type: 'boolean' }],
    ['metadata.new:5', { operator: 'is', value: 5, type: 'number' }],
    ['metadata.new:five', { operator: 'is', value: 'five', type: 'string' }],
    ['metadata.tier:>"m"', { operator: 'greater than', value: 'm', type: 'string' }],
    [
      'start_time:>2026-11-01',
      { operator: 'after', value: '2026-11-01T00:00:00.000Z', type: 'datetime' },
    ],
    [
      'metadata.due:<2026-11-01T10:00',
      { operator: 'before', value: '2026-11-01T10:00:00.000Z', type: 'datetime' },
    ],
  ])('%s', (text, expected) => {
    const [, key = ''] = /^-?(?:has:)?([\w.]+)/.exec(text) ?? [];
    expect(filtersOf(text)).toEqual([{ field: key, ...expected }]);
  });
});

describe('of a whole query', () => {
  test('joins quoted keys by dots, as the API names them', () => {
    expect(filtersOf('metadata."my key"."a.b":x')).toMatchObject([
      { field: 'metadata.my key.a.b' },
    ]);
  });

  test('reads times in the zone that is set', () => {
    const { query } = compile('start_time:>2026-11-01T00:00', 'Europe/Berlin');
    expect(query?.filters).toMatchObject([{ value: '2026-10-31T23:00:00.000Z' }]);
  });

  test('asks for one of several values in one entry, and excludes each of them in its own', () => {
    const one = (operator: string, value: string) => ({
      field: 'metadata.tier',
      operator,
      value,
      type: 'string',
    });
    expect(filtersOf('metadata.tier:(gold OR *silv*)')).toEqual([
      { any_of: [one('is', 'gold'), one('contains', 'silv')] },
    ]);
    expect(filtersOf('-metadata.tier:(gold OR *silv*)')).toEqual([
      one('is not', 'gold'),
      one('not contains', 'silv'),
    ]);
  });

  test('says at least and at most as more, less, or equal', () => {
    const one = (operator: string, value: number) => ({
      field: 'duration',
      operator,
      value,
      type: 'number',
    });
    const low = { any_of: [one('greater than', 1), one('is', 1)] };
    const high = { any_of: [one('less than', 5), one('is', 5)] };
    expect(filtersOf('duration:>=1')).toEqual([low]);
    expect(filtersOf('duration:<=5')).toEqual([high]);
    expect(filtersOf('duration:1..5')).toEqual([low, high]);
    expect(filtersOf('duration:(1..5 OR 9)')).toEqual([
      { any_of: [...low.any_of, one('is', 9)] },
      { any_of: [...high.any_of, one('is', 9)] },
    ]);
  });

  test('keeps words of free text apart from the filters', () => {
    expect(compile('refund "http://x" has:error').query).toMatchObject({
      texts: ['refund', 'http://x'],
      filters: [{ field: 'error', operator: 'exists' }],
    });
  });

  test('means any event of a session when only child events have a key', () => {
    expect(compile('metadata.tier:x').query?.target).toBe('session');
    expect(compile('metadata.tier:x config.model:y').query?.target).toBe('any_event');
    expect(compile('name:chat cost:>1').query?.target).toBe('session');
    expect(compile('event_type:(session OR tool)').query?.target).toBe('any_event');
    expect(compile('event_type:session').query?.target).toBe('session');
    expect(compile('-event_type:tool').query?.target).toBe('session');
  });

  test('is what the contract allows, or nothing and a reason, whatever was written', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 5 }), (conditions) => {
        const text = printQuery(conditions).replaceAll(/(^| )(-?)([^\s:"]+):/g, '$1$2metadata.$3:');
        const { query, problems } = compile(text);
        expect(query === null).toBe(problems.length > 0);
        for (const entry of query?.filters ?? []) {
          for (const one of 'any_of' in entry ? entry.any_of : [entry]) {
            const { field: path } = one;
            if (path.length <= 1_024) expect(findIssues(filterSchema, one, [])).toEqual([]);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a query that cannot be asked', () => {
  test.each([
    ['color:red', 'There is no field color', { start: 0, end: 5 }],
    ['has:color', 'metadata.color', { start: 4, end: 9 }],
    ['http://x', 'quote it', { start: 0, end: 4 }],
    ['has:error "two words"', 'word by word', { start: 10, end: 21 }],
    ['duration:fast', 'takes a number, such as 5, 150ms, 2s', { start: 9, end: 13 }],
    ['duration:>fast', 'takes a number', { start: 9, end: 14 }],
    ['metadata.cached:maybe', 'true or false', { start: 16, end: 21 }],
    ['metadata.cached:>true', 'have no order', { start: 16, end: 21 }],
    ['start_time:yesterday', 'a date or time', { start: 11, end: 20 }],
    ['start_time:>2026-02-31', 'a date or time', { start: 11, end: 22 }],
    ['event_type:(model OR span)', 'session, model, tool, chain', { start: 21, end: 25 }],
    ['-duration:>5', 'Reverse it', { start: 10, end: 12 }],
    ['-duration:1..5', 'Reverse it', { start: 10, end: 14 }],
    [`metadata${'.a'.repeat(20)}:1`, 'at most 20', { start: 0, end: 48 }],
  ])('%s: %s', (text, message, at) => {
    const { query, problems } = compile(text);
    expect(query).toBeNull();
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.at).toEqual(at);
  });

  test('is refused as a whole: what is right in it is not applied', () => {
    const { query, problems } = compile('metadata.tier:gold color:red duration:fast');
    expect(query).toBeNull();
    expect(problems).toHaveLength(2);
  });

  test('may have fifty conditions, and is refused before alternatives of ranges multiply', () => {
    const many = (count: number) => Array.from({ length: count }, () => 'source:a').join(' ');
    expect(compile(many(50)).problems).toHaveLength(0);
    expect(compile(many(51)).problems[0]?.message).toContain('at most 50');
    const ranges = Array.from({ length: 40 }, (_, index) => `${index}..${index + 1}`).join(' OR ');
    expect(compile(`duration:(${ranges})`).problems[0]?.message).toContain('at most 50');
  });
});
