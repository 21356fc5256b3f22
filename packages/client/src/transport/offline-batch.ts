import type { Issue } from '../errors/errors.ts';
import { eventTypes } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import { toStoredEvent } from '../wire/answer-shape.ts';
import type { AnswerContext } from '../wire/answer-shape.ts';
import { findBodyIssues, isEventType } from '../wire/body-issues.ts';

/** What a service would answer to a batch: which events it would store; or, when none, what is wrong with each. */
export type OfflineBatch = { readonly stored: JsonObject } | { readonly issues: readonly Issue[] };

export function takeBatch(
  events: readonly unknown[],
  context: AnswerContext & { newId(): string },
): OfflineBatch {
  const judged = events.map((event, index) => judge(event, index));
  const refused = judged.filter(({ issues }) => issues.length > 0);
  if (refused.length === events.length) {
    const issues = refused.flatMap(({ issues: found, index }) =>
      found.map(({ field, message }) => ({ field: `events[${index}].${field}`, message })),
    );
    return { issues };
  }
  const stored = judged
    .filter(({ issues }) => issues.length === 0)
    .map(({ event }) => toStored(event, context));
  const warnings = judged.filter(({ isRaw }) => isRaw).map(({ index }) => toWarning(index));
  return {
    stored: {
      event_ids: stored.map((event) => event['event_id']),
      success: true,
      created_count: stored.length,
      failed_count: refused.length,
      events: stored,
      errors: refused.map(({ index, issues }) => ({
        index,
        code: 'invalid_request',
        message: issues.map(({ field, message }) => `${field} ${message}`).join('; '),
      })),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
  };
}

interface Judged {
  readonly index: number;
  readonly event: JsonObject;
  readonly issues: readonly Issue[];
  /** Whether its kind is unknown, so that it is stored as a chain. */
  readonly isRaw: boolean;
}

function judge(event: unknown, index: number): Judged {
  const type = isObject(event) ? event['event_type'] : undefined;
  const isRaw = typeof type === 'string' && !isEventType(type);
  const known = isObject(event) && isRaw ? { ...event, event_type: 'chain' } : event;
  const issues = findBodyIssues('createEvent', known);
  return {
    index,
    event: isObject(known) ? known : {},
    issues,
    isRaw: isRaw && issues.length === 0,
  };
}

function toStored(event: JsonObject, context: AnswerContext & { newId(): string }): JsonObject {
  const draft = { ...event, event_id: event['event_id'] ?? context.newId() };
  const {
    event_id: id,
    session_id: sessionId,
    event_type: type,
    event_name: name,
  } = toStoredEvent(draft, context);
  return { event_id: id, session_id: sessionId, event_type: type, event_name: name };
}

const toWarning = (index: number): JsonObject => ({
  index,
  field: 'event_type',
  message: `stored as chain: must be one of ${eventTypes.join(', ')}`,
});
