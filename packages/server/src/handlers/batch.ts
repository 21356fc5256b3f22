import { eventIn, eventInStrict, findIssues, formatPath, sessionIn } from 'honeyhive-wire';
import type { EventIn, Issue, SessionIn } from 'honeyhive-wire';
import { draftEvent, draftSession } from '../domain/event-draft.ts';
import type { Warning } from '../domain/event-draft.ts';
import { newId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { isJsonObject } from '../domain/json-text.ts';
import { Problem, invalid } from '../domain/problem.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { Write } from '../ingest/write.ts';
import type { Access } from './access.ts';
import type { Services } from './handler.ts';

/** A list of events in a request. */
export interface Batch {
  readonly items: readonly unknown[];
  /** Key of the body that holds the list. */
  readonly at: string;
  /** Session of all events, whatever they say themselves. */
  readonly sessionId?: string;
  /** Unknown keys and unknown types are refused. */
  readonly isStrict?: boolean;
  /** Project that the body names. */
  readonly project?: string | null | undefined;
  /** Events without a session share one, with these properties. */
  readonly sharedSession?: { readonly isOne: boolean; readonly properties: JsonObject | null };
  /** Turns what was sent into an event. */
  readonly convert?: (item: JsonObject) => JsonObject;
}

interface Caller {
  readonly access: Access;
  readonly bodyBytes: number;
}

interface Accepted {
  readonly index: number;
  readonly event: StoredEvent;
  readonly warnings: readonly Warning[];
}

/**
 * Stores what can be stored of a list of events. One that cannot be costs none of the others.
 *
 * @throws {Problem} `invalid_request` only when none could be stored; `too_large` when there are too many
 */
export async function storeBatch(
  caller: Caller,
  services: Services,
  batch: Batch,
): Promise<unknown> {
  if (batch.items.length > services.maxBatchEvents) {
    throw new Problem(
      'too_large',
      `${batch.at}: at most ${services.maxBatchEvents} events in one request; got ${batch.items.length}. Send them in several.`,
      {
        issues: [{ field: batch.at, message: `at most ${services.maxBatchEvents} events` }],
      },
    );
  }
  const shared = planSharedSession(batch, services);
  const accepted: Accepted[] = [];
  const errors: { index: number; code: string; message: string }[] = [];
  const issues: Issue[] = [];
  for (const [index, item] of batch.items.entries()) {
    const result = await draftItem(caller, services, batch, {
      item,
      index,
      sessionId: shared?.sessionId,
    });
    if ('issues' in result) {
      issues.push(...result.issues);
      errors.push({
        index,
        code: 'invalid_request',
        message: result.issues.map(({ field, message }) => `${field}: ${message}`).join('; '),
      });
    } else accepted.push(result);
  }
  if (accepted.length === 0) {
    throw new Problem(
      'invalid_request',
      `None of the ${batch.items.length} events could be stored. ${errors[0]?.message ?? ''}`,
      { issues },
    );
  }
  const writes: Write[] = [
    ...(shared ? await startShared(caller, shared, batch, services) : []),
    ...accepted.map(({ event }): Write => ({ kind: 'create', event })),
  ];
  await services.committer.submit(writes, caller.bodyBytes);
  return toResult(accepted, errors);
}

function planSharedSession(
  batch: Batch,
  services: Services,
): { sessionId: string; properties: JsonObject } | null {
  const { sharedSession } = batch;
  if (!sharedSession?.isOne && !sharedSession?.properties) return null;
  const named = sharedSession.properties?.['session_id'];
  const first = batch.items.find(
    (item) => isJsonObject(item) && typeof item['session_id'] === 'string',
  );
  const inherited = isJsonObject(first) ? first['session_id'] : undefined;
  const sessionId = [named, inherited].find(
    (id): id is string => typeof id === 'string' && id !== '',
  );
  return {
    sessionId: sessionId ?? newId(services.clock.now()),
    properties: sharedSession.properties ?? {},
  };
}

async function startShared(
  caller: Caller,
  shared: { sessionId: string; properties: JsonObject },
  batch: Batch,
  services: Services,
): Promise<Write[]> {
  const project = await caller.access.forWrite(batch.project);
  const input: JsonObject = { ...shared.properties, session_id: shared.sessionId };
  const issues = findIssues(sessionIn, input, ['session_properties']);
  if (issues.length > 0) throw invalid(issues);
  const draft = draftSession(input as SessionIn, {
    projectId: project.id,
    now: services.clock.now(),
    acceptsUnknownType: false,
  });
  if ('issues' in draft) throw invalid(draft.issues);
  return [{ kind: 'startSession', event: draft.event }];
}

async function draftItem(
  caller: Caller,
  services: Services,
  batch: Batch,
  { item, index, sessionId }: { item: unknown; index: number; sessionId: string | undefined },
): Promise<Accepted | { issues: Issue[] }> {
  const at = [batch.at, index];
  const converted = batch.convert && isJsonObject(item) ? batch.convert(item) : item;
  const issues = findIssues(batch.isStrict ? eventInStrict : eventIn, converted, at);
  if (issues.length > 0) return { issues };
  const given = converted as EventIn;
  const session = batch.sessionId ?? given.session_id ?? sessionId;
  const input: EventIn =
    session === undefined || session === null ? given : { ...given, session_id: session };
  const project = await projectFor(
    caller.access,
    services,
    input.project ?? batch.project,
    input.session_id,
  );
  const draft = draftEvent(input, {
    projectId: project,
    now: services.clock.now(),
    acceptsUnknownType: batch.isStrict !== true,
  });
  if ('event' in draft) return { index, ...draft };
  return {
    issues: draft.issues.map((issue) => ({ ...issue, field: `${formatPath(at)}.${issue.field}` })),
  };
}

/** The project of an event: the one named; else, for a key of the organisation, the one its session is in. */
export async function projectFor(
  access: Access,
  services: Services,
  named: string | null | undefined,
  sessionId: string | null | undefined,
): Promise<string> {
  if (access.key.projectId !== null || named || !sessionId)
    return (await access.forWrite(named)).id;
  const remembered = services.knownRoots.projectOf(sessionId);
  if (remembered !== null) return remembered;
  const [head] = await services.events.readHeads(await access.forLookup(null), [sessionId]);
  return head?.projectId ?? (await access.forWrite(null)).id;
}

function toResult(accepted: readonly Accepted[], errors: readonly unknown[]): unknown {
  const sessions = new Set(accepted.map(({ event }) => event.sessionId));
  const [only] = sessions;
  const warnings = accepted.flatMap(({ index, warnings: list }) =>
    list.map((warning) => ({ index, ...warning })),
  );
  return {
    event_ids: accepted.map(({ event }) => event.eventId),
    ...(sessions.size === 1 ? { session_id: only } : {}),
    success: true,
    created_count: accepted.length,
    failed_count: errors.length,
    events: accepted.map(({ event }) => toCreated(event)),
    errors,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

/** What a reply says of an event that was stored. */
export const toCreated = (event: StoredEvent): JsonObject => ({
  event_id: event.eventId,
  session_id: event.sessionId,
  event_type: event.eventType,
  event_name: event.eventName,
});
