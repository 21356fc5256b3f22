import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSkeleton } from './testing/sketch.ts';
import { findIdleTime, shifted, TimeAxis, toSpanMs, toTicks, zoomBy } from './time-axis.ts';

const session = toSkeleton([
  { id: 'root', start: 0, duration: 10_000 },
  { id: 'ask', parent: 'root', start: 0, duration: 500 },
  { id: 'answer', parent: 'root', start: 9000, duration: 1000 },
]);

describe('findIdleTime', () => {
  it('finds the time in which no leaf ran', () => {
    const idle = findIdleTime(session, toSpanMs(session));

    expect(idle).toEqual({ gaps: [{ from: 500, to: 9000 }], idleMs: 8500, idleRatio: 0.85 });
  });

  it('takes an event without an end for one that still runs', () => {
    const open = toSkeleton([
      { id: 'a', start: 0, duration: -1 },
      { id: 'b', start: 5000, duration: 10 },
    ]);

    expect(findIdleTime(open, toSpanMs(open)).idleMs).toBe(0);
  });
});

describe('TimeAxis', () => {
  it('is the time itself without gaps', () => {
    const axis = new TimeAxis(10_000);

    expect([axis.length, axis.toUnits(2500), axis.toMs(7500)]).toEqual([10_000, 2500, 7500]);
  });

  it('makes gaps narrow and leaves what ran as wide as it was', () => {
    const axis = new TimeAxis(10_000, [{ from: 500, to: 9000 }]);

    expect(axis.length).toBeCloseTo(1545);
    expect(axis.toUnits(10_000) - axis.toUnits(9000)).toBeCloseTo(1000);
  });

  it('goes there and back', () => {
    const axis = new TimeAxis(10_000, [
      { from: 500, to: 3000 },
      { from: 4000, to: 9000 },
    ]);

    fc.assert(
      fc.property(fc.double({ min: 0, max: 10_000, noNaN: true }), (ms) => {
        expect(axis.toMs(axis.toUnits(ms))).toBeCloseTo(ms, 6);
      }),
    );
  });
});

describe('zoom', () => {
  it('keeps the point under the pointer where it is', () => {
    expect(zoomBy({ from: 0, to: 100 }, { factor: 0.5, around: 20, length: 100 })).toEqual({
      from: 10,
      to: 60,
    });
  });

  it('never leaves the axis', () => {
    expect(zoomBy({ from: 0, to: 50 }, { factor: 10, around: 10, length: 100 })).toEqual({
      from: 0,
      to: 100,
    });
    expect(shifted({ from: 60, to: 90 }, 50, 100)).toEqual({ from: 70, to: 100 });
    expect(shifted({ from: 60, to: 90 }, -90, 100)).toEqual({ from: 0, to: 30 });
  });
});

describe('toTicks', () => {
  it.each([
    [0, 1000, 5, [0, 200, 400, 600, 800, 1000]],
    [0, 90_000, 4, [0, 30_000, 60_000, 90_000]],
    [130, 160, 3, [130, 140, 150, 160]],
  ])('marks %d to %d ms with about %d round numbers', (from, to, count, ticks) => {
    expect(toTicks(from, to, count)).toEqual(ticks);
  });
});
