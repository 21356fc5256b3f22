import type { Clock } from '../clock.ts';
import type { MovedTrace } from './trace-moves.ts';
import type { Waiting } from './write-queue.ts';

/** Traces of which one commit could not move all. */
export interface MoveQueue {
  /** Called after each commit: one that succeeds also shows that one which failed before may succeed now. */
  note(moved: readonly MovedTrace[]): void;
}

/** Moves the rest of the traces with writes between those of callers, one trace at a time. */
export function createMoveQueue(
  clock: Pick<Clock, 'now' | 'monotonicMs'>,
  enqueue: (waiting: Waiting) => void,
): MoveQueue {
  const unfinished = new Map<string, MovedTrace>();
  let isQueued = false;
  const moveNext = (): void => {
    const [entry] = unfinished;
    if (entry === undefined || isQueued) return;
    const [key, next] = entry;
    // The commit notes it again, if it is still there and there is more.
    unfinished.delete(key);
    isQueued = true;
    const putBack = (): void => {
      isQueued = false;
      unfinished.set(key, next);
    };
    const { projectId } = next.row;
    try {
      enqueue({
        writes: [{ kind: 'moveTrace', projectId, trace: next.trace, now: clock.now() }],
        bytes: 0,
        share: projectId,
        since: clock.monotonicMs(),
        resolve() {
          isQueued = false;
          moveNext();
        },
        reject: putBack,
      });
    } catch {
      // The queue is full or closed. The commit that noted the trace is stored, and its callers are to hear that: the
      // next commit tries again, or the next start.
      putBack();
    }
  };
  return {
    note(moved) {
      for (const each of moved) {
        const key = `${each.row.projectId}\n${each.trace.id}`;
        if (each.isAll) unfinished.delete(key);
        else unfinished.set(key, each);
      }
      moveNext();
    },
  };
}
