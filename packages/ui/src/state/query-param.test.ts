import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changeQuery,
  choiceParam,
  flagParam,
  listParam,
  optionalParam,
  textParam,
} from './query-param.ts';

describe('the query of the address', () => {
  test('defaults are left out', () => {
    expect(textParam('x').print('x')).toBeNull();
    expect(choiceParam(['tree', 'thread']).print('tree')).toBeNull();
    expect(flagParam.print(false)).toBeNull();
    expect(listParam.print(null)).toBeNull();
    expect(optionalParam.print(null)).toBeNull();
  });

  test('what nobody offers is the default', () => {
    expect(choiceParam(['tree', 'thread']).parse('<script>')).toBe('tree');
    expect(flagParam.parse('yes')).toBe(false);
    expect(optionalParam.parse('')).toBeNull();
    expect(listParam.parse('')).toEqual([]);
  });

  test('a change keeps the other names where they are', () => {
    expect(changeQuery('q=a&t=24h&s=-start', { t: '7d', q: null })).toBe('t=7d&s=-start');
    expect(changeQuery('', { t: '2026-11-01T00:00~2026-11-02T00:00' })).toBe(
      't=2026-11-01T00:00~2026-11-02T00:00',
    );
  });

  test('any text comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (text, other) => {
          const query = changeQuery(changeQuery('', { q: text }), { other });
          expect(new URLSearchParams(query).get('q')).toBe(text);
          expect(new URLSearchParams(query).get('other')).toBe(other);
        },
      ),
    );
  });

  test('any list of names comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z,."]{1,8}$/), { minLength: 1 }), (names) => {
        const query = changeQuery('', { c: listParam.print(names) });
        expect(listParam.parse(new URLSearchParams(query).get('c'))).toEqual(names);
      }),
    );
  });
});
