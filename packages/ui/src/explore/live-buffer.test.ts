import { describe, expect, test } from 'vitest';
import {
  countDropped,
  emptyLiveBuffer,
  liveCapacity,
  removeRows,
  resume,
  takeRows,
} from './live-buffer.ts';
import type { LiveBuffer } from './live-buffer.ts';

interface Row {
  readonly event_id: string;
  readonly text: string;
}

const rows = (from: number, count: number, text = ''): Row[] =>
  Array.from({ length: count }, (_, index) => ({ event_id: `e${from + index}`, text }));
const empty: LiveBuffer<Row> = emptyLiveBuffer;
const ids = (list: readonly Row[]) => list.map(({ event_id }) => event_id);

describe('a live list', () => {
  test('shows the newest on top', () => {
    const buffer = takeRows(takeRows(empty, rows(1, 2), null), rows(3, 2), null);
    expect(ids(buffer.shown)).toEqual(['e4', 'e3', 'e2', 'e1']);
  });

  test('moves nothing while it is paused, and shows waiting rows when it resumes', () => {
    const before = takeRows(empty, rows(1, 2), null);
    const paused = takeRows(takeRows(before, rows(3, 1), 2), rows(4, 1), 2);
    expect(ids(paused.shown)).toEqual(['e2', 'e1']);
    expect(paused.waiting).toHaveLength(2);
    expect(ids(resume(paused).shown)).toEqual(['e4', 'e3', 'e2', 'e1']);
    expect(ids(takeRows(paused, rows(5, 1), null).shown)).toEqual(['e5', 'e4', 'e3', 'e2', 'e1']);
  });

  test('changes a row that comes again in its place', () => {
    const before = takeRows(takeRows(empty, rows(1, 3), null), rows(4, 1), 2);
    const after = takeRows(before, [...rows(2, 1, 'new'), ...rows(4, 1, 'new')], 2);
    expect(ids(after.shown)).toEqual(['e3', 'e2', 'e1']);
    expect(after.shown[1]?.text).toBe('new');
    expect(after.waiting).toEqual(rows(4, 1, 'new'));
  });

  test('takes out what was deleted, at once where nobody reads', () => {
    const before = takeRows(takeRows(empty, rows(1, 3), null), rows(4, 2), 3);
    const after = removeRows(before, ['e1', 'e3', 'e4'], null);
    expect(ids(after.shown)).toEqual(['e2']);
    expect(ids(after.waiting)).toEqual(['e5']);
  });

  test('leaves what was deleted where somebody reads it, until nobody does', () => {
    const before = takeRows(empty, rows(1, 4), null);
    const reading = removeRows(before, ['e1', 'e3'], 2);
    expect(ids(reading.shown)).toEqual(['e4', 'e3', 'e2']);
    expect(ids(resume(reading).shown)).toEqual(['e4', 'e2']);
    expect(ids(takeRows(reading, rows(5, 1), null).shown)).toEqual(['e5', 'e4', 'e2']);
  });

  test('takes the last of several states of a row that come together', () => {
    const { shown } = takeRows(empty, [...rows(1, 1, 'old'), ...rows(1, 1, 'new')], null);
    expect(shown).toEqual(rows(1, 1, 'new'));
  });

  test('holds five thousand rows, and counts those that it gives up', () => {
    const full = takeRows(empty, rows(1, liveCapacity + 10), null);
    expect(full.shown).toHaveLength(liveCapacity);
    expect(full.shown.at(-1)?.event_id).toBe('e11');
    expect(full.droppedCount).toBe(10);
    expect(countDropped(full, 5).droppedCount).toBe(15);
  });

  test('gives up nothing of what is read when it overflows', () => {
    let buffer = takeRows(empty, rows(1, 4_000), null);
    for (let batch = 0; batch < 20; batch += 1) {
      buffer = takeRows(buffer, rows(10_000 + batch * 1_000, 1_000), 3_000);
    }
    expect(ids(buffer.shown)).toEqual(ids(rows(1_001, 3_000).toReversed()));
    expect(buffer.shown.length + buffer.waiting.length).toBe(liveCapacity);
    expect(buffer.waiting[0]?.event_id).toBe('e29999');
    expect(buffer.droppedCount).toBe(19_000);
  });
});
