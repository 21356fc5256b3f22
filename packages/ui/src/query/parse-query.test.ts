import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { tidyQuery } from './query-edit.ts';
import { condition } from './testing/arbitrary-query.ts';

const parse = (text: string) => parseQuery(text).map((item) => item.condition);
const is = (text: string, isQuoted = false) => ({ kind: 'is', word: { text, isQuoted } });
const clause = (key: string[], ...values: unknown[]) => ({
  kind: 'clause',
  key,
  isNegated: false,
  values,
});

describe('reading a query', () => {
  test.each([
    ['event_type:model', clause(['event_type'], is('model'))],
    ['-source:prod', { ...clause(['source'], is('prod')), isNegated: true }],
    ['metadata."my key":x', clause(['metadata', 'my key'], is('x'))],
    ['inputs.user.tier:gold', clause(['inputs', 'user', 'tier'], is('gold'))],
    ['event_name:"a \\"b\\" c"', clause(['event_name'], is('a "b" c', true))],
    ['source:(a OR "b c")', clause(['source'], is('a'), is('b c', true))],
    ['source:( a )', clause(['source'], is('a'))],
    ['error:*time out*', null],
    ['error:*"time out"*', clause(['error'], { kind: 'contains', text: 'time out' })],
    ['error:*', clause(['error'], { kind: 'any' })],
    ['has:error', { kind: 'has', key: ['error'], isNegated: false }],
    ['-has:metadata.x', { kind: 'has', key: ['metadata', 'x'], isNegated: true }],
    ['refund', { kind: 'text', text: 'refund' }],
    ['"http://x y"', { kind: 'text', text: 'http://x y' }],
    ['metadata.url:http://x:80/y', clause(['metadata', 'url'], is('http://x:80/y'))],
    ['metadata.file:../x', clause(['metadata', 'file'], is('../x'))],
  ])('%s', (text, expected) => {
    expect(parse(text)[0]).toEqual(expected);
  });

  test.each([
    ['duration:>2s', 'compares', '>'],
    ['duration:>=2s', 'compares', '>='],
    ['duration:<2s', 'compares', '<'],
    ['duration:<=2s', 'compares', '<='],
  ])('%s compares', (text, kind, sign) => {
    const word = { text: '2s', isQuoted: false };
    expect(parse(text)).toEqual([clause(['duration'], { kind, sign, word })]);
  });

  test('tells a range of numbers or dates from text with two dots', () => {
    const end = (text: string) => ({ text, isQuoted: false });
    expect(parse('duration:150ms..2s')[0]).toEqual(
      clause(['duration'], { kind: 'range', from: end('150ms'), to: end('2s') }),
    );
    expect(parse('metadata.range:a..b')[0]).toEqual(clause(['metadata', 'range'], is('a..b')));
  });

  test('keeps the place of each item, its key and its values', () => {
    const [first, second] = parseQuery('  refund   -source:(a OR "b c") ');
    expect(first?.at).toEqual({ start: 2, end: 8 });
    expect(second).toMatchObject({
      at: { start: 11, end: 31 },
      keyAt: { start: 12, end: 18 },
      valuesAt: [
        { start: 20, end: 21 },
        { start: 25, end: 30 },
      ],
    });
  });
});

describe('any query', () => {
  test('reads out of what was printed what was there, ten thousand times', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 6 }), (conditions) => {
        expect(parse(printQuery(conditions))).toEqual(conditions);
      }),
      { numRuns: 10_000 },
    );
  });

  test('says of any text what every item means or what is wrong with it, and where', () => {
    const pieces = fc.constantFrom(
      'a',
      ':',
      '"',
      '(',
      ')',
      ' ',
      'OR',
      '-',
      'has',
      '.',
      '*',
      '>',
      '\\',
      '1..2',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        const text = parts.join('');
        const items = parseQuery(text);
        for (const { condition: said, problem, at } of items) {
          expect(said === null).toBe(problem !== null);
          const place = problem?.at ?? at;
          expect(place.start).toBeLessThan(place.end);
          expect(place.start).toBeGreaterThanOrEqual(at.start);
          expect(place.end).toBeLessThanOrEqual(at.end);
        }
        const kept = items.map(({ at }) => text.slice(at.start, at.end)).join('');
        expect(kept.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        expect(tidyQuery(tidyQuery(text))).toBe(tidyQuery(text));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('a part that says nothing', () => {
  test.each([
    ['source:', 'value is missing', 'source:'.length - 1],
    ['Error: rate limit reached', 'with a colon, quote it', 'Error'.length],
    ['source:"a', 'closing quote', 7],
    ['source:"a"b', 'space is missing', 7],
    ['source:f(x)', 'need quotes', 7],
    ['source:foo*', 'both sides', 7],
    ['source:**', 'both sides', 7],
    ['source:*""*', 'nothing between the stars', 7],
    ['duration:>', 'missing after >', 9],
    ['source:(a OR b', 'closing parenthesis', 7],
    ['source:(a b)', 'separated by OR', 7],
    ['source:(a OR )', 'separated by OR', 7],
    ['source:()', 'separated by OR', 7],
    ['has:', 'key is missing', 0],
    ['metadata..x:1', 'separated by dots', 0],
    ['a OR b', 'OR joins', 2],
    ['a AND b', 'not needed', 2],
    ['NOT b', 'minus before', 0],
    ['-refund', 'cannot be excluded', 0],
    ['"refund', 'closing quote', 0],
    ['f(x)', 'needs quotes', 0],
    ['""', 'nothing between', 0],
  ])('%s: %s', (text, message, start) => {
    const problem = parseQuery(text).find((item) => item.problem)?.problem;
    expect(problem?.message).toContain(message);
    expect(problem?.at.start).toBe(start);
  });
});
