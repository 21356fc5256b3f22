import { expect, it } from 'vitest';
import { toDensity } from './session-density.ts';
import { toSkeleton } from './testing/sketch.ts';
import { TimeAxis } from './time-axis.ts';

it('counts what ran and what failed in each slice', () => {
  const columns = toSkeleton([
    { id: 'root', start: 0, duration: 1000 },
    { id: 'a', parent: 'root', start: 0, duration: 450 },
    { id: 'b', parent: 'root', start: 300, duration: 100, error: true },
  ]);

  const density = toDensity(columns, new TimeAxis(1000), 10);

  expect([...density.running]).toEqual([1, 1, 1, 2, 2, 0, 0, 0, 0, 0]);
  expect([...density.errors]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect(density.most).toBe(2);
});
