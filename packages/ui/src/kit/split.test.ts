import { describe, expect, test } from 'vitest';
import { stepSplit } from './split.ts';

const split = { value: 50, min: 20, max: 80, orientation: 'vertical' } as const;

describe('a splitter', () => {
  test.each([
    ['ArrowRight', false, 52],
    ['ArrowLeft', false, 48],
    ['ArrowRight', true, 60],
    ['Home', false, 20],
    ['End', false, 80],
    ['ArrowUp', false, null],
    ['a', false, null],
  ])('%s, shift %s, moves it to %s', (key, shiftKey, value) => {
    expect(stepSplit({ key, shiftKey }, split)).toBe(value);
  });

  test('it stays between its ends', () => {
    expect(stepSplit({ key: 'ArrowRight', shiftKey: true }, { ...split, value: 75 })).toBe(80);
    expect(
      stepSplit(
        { key: 'ArrowUp', shiftKey: true },
        { ...split, value: 25, orientation: 'horizontal' },
      ),
    ).toBe(20);
  });
});
