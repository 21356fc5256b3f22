import { describe, expect, it } from 'vitest';
import { unflatten } from './unflatten.ts';

const open = (flat: Readonly<Record<string, unknown>>) => unflatten(Object.entries(flat));

describe('unflatten', () => {
  it.each([
    ['levels', { 'a.b.c': 1, 'a.d': 2 }, { a: { b: { c: 1 }, d: 2 } }],
    ['lists, in the order of their numbers', { 'a.1': 'y', 'a.0': 'x' }, { a: ['x', 'y'] }],
    ['lists of objects', { 'a.0.b': 1, 'a.1.b': 2 }, { a: [{ b: 1 }, { b: 2 }] }],
    ['numbers with a gap as keys', { 'a.0': 'x', 'a.2': 'y' }, { a: { 0: 'x', 2: 'y' } }],
    ['a value that is also a beginning', { 'a.b': 1, a: 2 }, { a: 2, 'a.b': 1 }],
    ['a beginning further down', { 'a.b': 1, 'a.b.c.d': 2 }, { a: { b: 1, 'b.c.d': 2 } }],
    ['an object beside keys below it', { a: { b: 1 }, 'a.c': 2 }, { a: { b: 1 }, 'a.c': 2 }],
    ['dots without names between them', { 'a..b': 1, '.c': 2 }, { 'a..b': 1, '.c': 2 }],
  ])('keeps %s', (_what, flat, nested) => {
    expect(open(flat)).toEqual(nested);
  });

  it('keeps the order in which keys came', () => {
    expect(Object.keys(open({ zebra: 1, 'ant.a': 2, bee: 3 }))).toEqual(['zebra', 'ant', 'bee']);
  });

  it('ends after 32 levels', () => {
    const key = Array.from({ length: 1_000 }, () => 'a').join('.');

    const text = JSON.stringify(open({ [key]: 1 }));

    expect(text.split('{').length - 1).toBe(32);
    expect(text).toContain(key.slice(0, 900));
  });
});
