import { expect, test } from 'vitest';
import { lazy } from './lazy.ts';

test('a value is made when it is first needed, and once, even if it is undefined', () => {
  let count = 0;
  const read = lazy(() => {
    count += 1;
    return undefined;
  });
  expect(count).toBe(0);

  expect([read(), read()]).toEqual([undefined, undefined]);

  expect(count).toBe(1);
});
