import { expect, test } from 'vitest';
import { StoreUnavailable } from '../domain/event-store.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { createMoveQueue } from './move-queue.ts';
import type { MovedTrace } from './trace-moves.ts';
import type { Waiting } from './write-queue.ts';

const clock = { now: () => 1, monotonicMs: () => 1 };
const trace = { id: 'a'.repeat(32), ownSession: 'own', mark: 'mark' };
const moved = (isAll: boolean): MovedTrace => ({ trace, row: buildStoredEvent(), isAll });

/** A queue that is full until it has room. */
function openQueue() {
  const queued: Waiting[] = [];
  let isFull = false;
  const moves = createMoveQueue(clock, (waiting) => {
    if (isFull) throw new StoreUnavailable('The write queue is full.');
    queued.push(waiting);
  });
  return { moves, queued, setFull: (value: boolean) => (isFull = value) };
}

test('moves one part after the other, until all of the trace is moved', () => {
  const { moves, queued } = openQueue();

  moves.note([moved(false)]);
  moves.note([moved(false)]);
  queued[0]?.resolve([]);
  moves.note([moved(true)]);
  queued[1]?.resolve([]);

  expect(queued.map(({ writes }) => writes[0]?.kind)).toEqual(['moveTrace', 'moveTrace']);
});

test('a full queue costs the commit nothing, and the next commit continues', () => {
  const { moves, queued, setFull } = openQueue();
  setFull(true);

  moves.note([moved(false)]);
  setFull(false);
  moves.note([]);

  expect(queued).toHaveLength(1);
});

test('what failed is tried again after the next commit', () => {
  const { moves, queued } = openQueue();
  moves.note([moved(false)]);

  queued[0]?.reject(new Error('disk full'));
  moves.note([]);

  expect(queued).toHaveLength(2);
});
