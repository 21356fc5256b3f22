import type { Skeleton } from 'honeyhive-wire';
import { describe, expect, it } from 'vitest';
import { mergeSkeleton } from './merge-skeleton.ts';
import { toSkeleton, type Sketch } from '../session/testing/sketch.ts';

function answer(sketches: readonly Sketch[], more: Partial<Skeleton> = {}): Skeleton {
  const session = {} as Skeleton['session'];
  return {
    ...(structuredClone(toSkeleton(sketches)) as Skeleton),
    ...{ session, version: '1', since: null, complete: true, event_total: sketches.length },
    ...{ updated_at: 0, origin: 0, outside: [], removed: [] },
    ...more,
  };
}

describe('mergeSkeleton', () => {
  const known = answer([
    { id: 'root', duration: -1 },
    { id: 'a', parent: 'root', duration: -1 },
  ]);

  it('adds what came since under the parents that were there', () => {
    const added = answer([{ id: 'b', start: 5 }], {
      ...{ since: '1', version: '2', origin: 100, parent: [1], outside: ['a'] },
    });

    const merged = mergeSkeleton(known, added);

    expect(merged.ids).toEqual(['root', 'b', 'a']);
    expect(merged.parent).toEqual([-1, 2, 0]);
    expect(merged.start).toEqual([0, 105, 1000]);
    expect(merged.version).toBe('2');
  });

  it('replaces what is sent again, and takes out what was deleted', () => {
    const added = answer([{ id: 'root', duration: 2000 }], { since: '1', removed: ['a'] });

    const merged = mergeSkeleton(known, added);

    expect(merged.ids).toEqual(['root']);
    expect(merged.duration).toEqual([2000]);
  });

  it('starts over from a complete response', () => {
    const whole = answer([{ id: 'other' }]);

    expect(mergeSkeleton(known, whole)).toBe(whole);
  });

  it('counts from the earliest start', () => {
    const added = answer([{ id: 'early', start: 0 }], { since: '1', origin: -500 });

    const merged = mergeSkeleton(known, added);

    expect(merged.origin).toBe(-500);
    expect(merged.start).toEqual([0, 500, 1500]);
  });
});
