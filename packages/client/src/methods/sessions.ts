import type { Core } from '../call/core.ts';
import { toCallInput } from '../call/endpoint-call.ts';
import { refuse } from '../errors/refusal.ts';
import type { Session, SessionInput } from '../generated/types.ts';
import { assumeShape } from '../json/assume-shape.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import type { CallOptions } from '../options/options.ts';
import { toStoredSession } from '../wire/answer-shape.ts';
import { findBodyIssues } from '../wire/body-issues.ts';
import { decodeObject } from '../wire/decode.ts';
import { draftSession } from '../wire/draft.ts';
import type { EventCursor } from './event-cursor.ts';
import { eventSource } from './event-list.ts';
import type { EventListKind } from './event-list.ts';
import type { ListInput } from './event-query.ts';
import type { PagePosition } from './list-page.ts';
import { openList } from './list.ts';
import type { List, ListSource } from './list.ts';

/**
 * Which sessions to list. Other names are equality conditions: on a root field, a path such as `user_properties.plan`,
 * else of `metadata`.
 */
export interface ListSessionsInput extends ListInput {
  /** Environment label. */
  readonly source?: string | undefined;
  /** Name of the session. */
  readonly session_name?: string | undefined;
}

/** A session that was started. */
export interface StartedSession extends Session {
  /** The session was excluded by `sampling`: neither it nor its events are sent. */
  readonly sampled?: false;
}

/** A page of sessions, newest first. */
export interface SessionPage extends PagePosition {
  readonly sessions: Session[];
}

const kind: EventListKind<Session, SessionPage> = {
  operation: 'listSessions',
  rootsOnly: true,
  aliases: { session_name: 'event_name' },
  fixed: { event_type: 'session' },
  toItem: toSession,
  toPage: (sessions, position) => ({ sessions, ...position }),
};

export async function createSession(
  core: Core,
  input: SessionInput,
  options?: CallOptions,
): Promise<StartedSession> {
  const operation = 'createSession';
  if (!isObject(input))
    throw refuse(operation, [{ field: '', message: 'the input must be an object' }]);
  const draft = draftSession(input, core);
  const issues = findBodyIssues('startSession', draft);
  if (issues.length > 0) throw refuse(operation, issues);
  if (!core.sampler.tryKeep(draft)) {
    return toSession({ ...toStoredSession(draft, core), sampled: false });
  }
  const request = toCallInput({ operation, endpoint: 'startSession' });
  const session = core.redact(operation, draft);
  const answer = await core.call({ ...request, json: { session }, wrapper: 'session' }, options);
  return toSession(decodeObject<JsonObject>(answer, { session_id: 'string' }));
}

export async function getSession(
  core: Core,
  sessionId: string,
  options?: CallOptions,
): Promise<Session> {
  const operation = 'getSession';
  const request = toCallInput({
    operation,
    endpoint: 'getSession',
    values: { session_id: sessionId },
  });
  const answer = await core.call(request, options);
  return toSession(decodeObject<JsonObject>(answer, { session_id: 'string' }));
}

export const listSessions = (
  core: Core,
  input?: ListSessionsInput,
  options?: CallOptions,
): List<Session, SessionPage> => openList(sessionSource(core, input, options));

/** The steps in which the list of sessions is read. */
export const sessionSource = (
  core: Core,
  input?: ListSessionsInput,
  options?: CallOptions,
): ListSource<Session, SessionPage, EventCursor> => eventSource(core, kind, { input, options });

/** The vendor's service knows the name and the count of events under other names only. */
function toSession(event: JsonObject): StartedSession {
  const metadata = isObject(event['metadata']) ? event['metadata'] : {};
  return assumeShape<StartedSession>({
    ...event,
    session_name: event['session_name'] ?? event['event_name'],
    ...('event_count' in event || !('num_events' in metadata)
      ? {}
      : { event_count: metadata['num_events'] }),
  });
}
