import { limits } from 'honeyhive-wire';
import type { ErrorCode, EventCreated, Issue } from 'honeyhive-wire';
import type { Access } from '../calls/access.ts';
import type { Warning } from '../domain/event-draft.ts';
import { changeTooLarge } from '../domain/event-size.ts';
import { Problem, invalid } from '../domain/problem.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { WriteOutcome } from '../ingest/write.ts';

/** Warnings of one event. */
const maxWarnings = 20;

/** An event that could not be stored. */
export interface Refused {
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
}

/**
 * Why an event or a session is not stored under its id; null if it is, now or before.
 *
 * @param access a key that may only send does not learn which sessions there are
 */
export function findRefusal(
  outcome: WriteOutcome | undefined,
  id: { readonly field: 'event_id' | 'session_id'; readonly value: string },
  { key }: Pick<Access, 'key'>,
): Refused | null {
  if (outcome?.kind === 'tooLarge')
    return { code: 'too_large', issues: changeTooLarge(id.value).issues };
  if (outcome?.kind !== 'conflict') return null;
  const { sessionId } = outcome;
  const session = key.access === 'ingest' ? 'another session' : `session ${quote(sessionId)}`;
  const owner = sessionId === null ? 'an event that was deleted' : `an event of ${session}`;
  const message = `not stored: ${quote(id.value)} is the id of ${owner}`;
  return { code: 'conflict', issues: [{ field: id.field, message }] };
}

const quote = (text: string | null): string => JSON.stringify(text);

/** Nothing could be stored: the code of all, or `invalid_request`. */
export function toProblem(refused: readonly Refused[]): Problem {
  const problem = invalid(refused.flatMap(({ issues }) => issues));
  const [first, ...others] = new Set(refused.map(({ code }) => code));
  return first === undefined || first === 'invalid_request' || others.length > 0
    ? problem
    : new Problem(first, problem.message, { issues: problem.issues });
}

/** As a part of an answer: all writes of a request wait, or none. */
export const ifQueued = (outcome: WriteOutcome | undefined): { queued?: true } =>
  outcome?.kind === 'queued' ? { queued: true } : {};

/** As a part of an answer; absent if empty. */
export const toWarnings = (warnings: readonly Warning[]): { warnings?: Warning[] } =>
  warnings.length > 0 ? { warnings: [...warnings] } : {};

/** The fields that differ from those of the event that was stored before. */
export const differencesOf = (outcome: WriteOutcome | undefined): Warning[] =>
  outcome?.kind === 'known'
    ? outcome.kept.slice(0, maxWarnings).map((field) => ({
        field,
        message: 'not changed: the event is stored with another value',
      }))
    : [];

const unchanged = {
  tooLarge: `with them it would hold more than ${limits.eventBytes} bytes (limit eventBytes)`,
  conflict: 'its id is that of a deleted session or of an event in another one',
};

/** What became of the session that the events of a batch share. */
export const sessionWarnings = (outcome: WriteOutcome | undefined): Warning[] =>
  outcome?.kind === 'tooLarge' || outcome?.kind === 'conflict'
    ? [
        {
          field: 'session_properties',
          message: `the session stays as it is: ${unchanged[outcome.kind]}`,
        },
      ]
    : [];

/** The outcome of the last write of each list, of all of them together. */
export function lastOutcomes(
  lists: readonly (readonly unknown[])[],
  outcomes: readonly WriteOutcome[],
): (WriteOutcome | undefined)[] {
  let end = 0;
  return lists.map(({ length }) => {
    end += length;
    return length === 0 ? undefined : outcomes[end - 1];
  });
}

/** What a reply says of an event that was stored. */
export const toCreated = (
  event: StoredEvent,
): Omit<EventCreated, 'success' | 'sampled' | 'queued'> => ({
  event_id: event.eventId,
  session_id: event.sessionId,
  event_type: event.eventType,
  event_name: event.eventName,
});
