import { bucketNames, limits } from 'honeyhive-wire';
import type { Issue } from 'honeyhive-wire';
import { Problem } from './problem.ts';
import type { EventBuckets } from './stored-event.ts';

const sum = (event: EventBuckets, measure: (text: string) => number): number =>
  bucketNames.reduce((total, name) => total + measure(event[name]), 0);

const charsOf = (event: EventBuckets): number => sum(event, (text) => text.length);

/** Whether an event holds more than one may. The bytes of a text are counted only where its length leaves it open. */
export function isTooLarge(event: EventBuckets): boolean {
  const chars = charsOf(event);
  if (chars > limits.eventBytes) return true;
  return 3 * chars > limits.eventBytes && sum(event, Buffer.byteLength) > limits.eventBytes;
}

/** Whether a change makes an event too large. One that is, from before there was a limit, may become smaller. */
export const growsTooLarge = (before: EventBuckets, after: EventBuckets): boolean =>
  isTooLarge(after) && charsOf(after) > charsOf(before);

const most = `at most ${limits.eventBytes} bytes in the JSON fields of one event (limit eventBytes)`;

/** What is wrong with an event that holds more than one may: named by its largest field. */
export function tooLargeIssue(event: EventBuckets): Issue {
  const [field = 'event'] = bucketNames.toSorted((a, b) => event[b].length - event[a].length);
  return { field, message: most };
}

/** Why a change is refused with which an event would hold more than one may. */
export const changeTooLarge = (eventId: string): Problem =>
  new Problem(
    'too_large',
    `body: with this change the event ${JSON.stringify(eventId)} would hold more: ${most}.`,
    {
      issues: [{ field: 'body', message: most }],
    },
  );
