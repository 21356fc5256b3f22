import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSlidingWindow } from './sliding-window.ts';

describe('sliding window', () => {
  test('lets the first calls begin at once, the next a window after the first', () => {
    const window = createSlidingWindow({ calls: 2, windowMs: 1000 });
    window.admit(0);
    window.admit(400);

    expect(window.waitMs(500, 0)).toBe(500);
    expect(window.waitMs(1000, 0)).toBe(0);
    expect(window.waitMs(1000, 1)).toBe(400);
  });

  test.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 1000],
    [5, 1000],
    [6, 2000],
    [30, 10_000],
  ])('forecasts the wait behind %i others before any call: %i ms', (ahead, expected) => {
    const window = createSlidingWindow({ calls: 3, windowMs: 1000 });
    const wait = window.waitMs(0, ahead);

    expect(wait).toBe(expected);
  });

  test('never has more calls than the limit in any window, and none waits longer than it must', () => {
    const limit = fc.record({
      calls: fc.integer({ min: 1, max: 8 }),
      windowMs: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(limit, fc.array(fc.integer({ min: 0, max: 30 })), ({ calls, windowMs }, gaps) => {
        const window = createSlidingWindow({ calls, windowMs });
        const begun: number[] = [];
        let nowMs = 0;
        for (const gap of gaps) {
          nowMs += gap;
          nowMs += window.waitMs(nowMs, 0);
          window.admit(nowMs);
          begun.push(nowMs);
        }
        const spans = begun.slice(calls).map((at, place) => at - (begun[place] ?? 0));
        expect(spans.every((span) => span >= windowMs)).toBe(true);
      }),
    );
  });

  test('forecasts exactly when each of a queue begins', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 10 }),
        fc.integer({ min: 0, max: 20 }),
        (calls, before, ahead) => {
          const window = createSlidingWindow({ calls, windowMs: 100 });
          let nowMs = 0;
          for (let place = 0; place < before; place += 1) {
            nowMs += 7 + window.waitMs(nowMs + 7, 0);
            window.admit(nowMs);
          }
          const forecast = nowMs + window.waitMs(nowMs, ahead);
          for (let place = 0; place < ahead; place += 1) {
            nowMs += window.waitMs(nowMs, 0);
            window.admit(nowMs);
          }
          expect(nowMs + window.waitMs(nowMs, 0)).toBe(forecast);
        },
      ),
    );
  });
});
