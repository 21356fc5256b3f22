import { eventIn, eventInStrict, findIssues, formatPath, sessionIn } from 'honeyhive-wire';
import type { BatchResult, EventIn, Issue } from 'honeyhive-wire';
import { BadItem } from '../domain/bad-item.ts';
import { draftEvent, draftSession } from '../domain/event-draft.ts';
import type { Draft, DraftContext, Warning } from '../domain/event-draft.ts';
import { derivedId, newId } from '../domain/ids.ts';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { noPricer } from '../domain/pricing.ts';
import type { Pricer, Pricing } from '../domain/pricing.ts';
import { Problem, invalid } from '../domain/problem.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { TraceSpan } from '../domain/trace-span.ts';
import type { Write, WriteOutcome } from '../ingest/write.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { senderOf } from '../calls/access.ts';
import type { Access } from '../calls/access.ts';
import type { Clock } from '../clock.ts';
import type { Committer } from '../ingest/committer.ts';
import type { Sampler } from '../ingest/sampler.ts';
import { findHomes } from '../projects/home-project.ts';
import type { Home, HomeServices } from '../projects/home-project.ts';
import {
  differencesOf,
  findRefusal,
  ifQueued,
  lastOutcomes,
  sessionWarnings,
  toCreated,
  toProblem,
} from './outcome.ts';
import type { Refused } from './outcome.ts';

/** What stores events. */
export interface WriteServices extends HomeServices {
  readonly clock: Pick<Clock, 'now'>;
  readonly sampler: Pick<Sampler, 'select'>;
  readonly committer: Pick<Committer, 'submit'>;
  readonly pricing: Pick<Pricing, 'of'>;
}

export interface BatchServices extends WriteServices {
  readonly maxBatchEvents: number;
}

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
  /** What the items say that came as spans, in the same order. */
  readonly spans?: readonly TraceSpan[];
  /** Turns what was sent into an event. */
  readonly convert?: (item: JsonObject) => JsonObject;
}

/** The parts of a call that a batch needs. */
interface Caller {
  readonly access: Access;
  readonly bodyBytes: number;
}

interface SharedSession {
  readonly sessionId: string;
  readonly properties: JsonObject;
  /** Project that the body names, or the first of its events that names one. */
  readonly project: string | null | undefined;
}

interface BatchRun {
  readonly caller: Caller;
  readonly services: BatchServices;
  readonly batch: Batch;
  /** The session that events without one share. */
  readonly shared: SharedSession | null;
}

interface Accepted {
  readonly index: number;
  readonly input: EventIn;
  readonly event: StoredEvent;
  readonly warnings: readonly Warning[];
}

interface RefusedItem extends Refused {
  readonly index: number;
}

/**
 * Stores what can be stored of a list of events. One that cannot be costs none of the others.
 *
 * @throws {Problem} only when none may be stored, `conflict` if it is for that alone, else `invalid_request`;
 *   `too_large` when there are too many
 */
export async function storeBatch(
  caller: Caller,
  services: BatchServices,
  batch: Batch,
): Promise<BatchResult> {
  requireSize(batch, services.maxBatchEvents);
  const run: BatchRun = {
    caller,
    services,
    batch,
    shared: planSharedSession(batch, services.clock.now()),
  };
  const refused: RefusedItem[] = [];
  const checked = await checkItems(run, refused);
  const hints = checked.map(({ input }) => ({
    named: input.project ?? batch.project ?? run.shared?.project,
    sessionId: sessionIdOf(input),
  }));
  const homes = await findHomes(caller.access, services, hints);
  const accepted = await draftItems(run, { checked, homes, refused });
  if (accepted.length === 0) throw toProblem(refused);
  const chosen = await services.sampler.select(
    accepted.map(({ event, input, index }) => ({
      kind: 'create',
      event,
      sent: input,
      span: batch.spans?.[index],
    })),
  );
  const kept = accepted.filter((_item, place) => chosen[place] !== null);
  const start = await startShared(run);
  const lists = [start, ...chosen.filter((writes) => writes !== null)];
  const writes = lists.flat();
  const outcomes =
    writes.length === 0 ? [] : await services.committer.submit(writes, caller.bodyBytes);
  const [started, ...created] = lastOutcomes(lists, outcomes);
  const stored = takeStored(run, kept, { outcomes: created, refused });
  const unsampled = accepted.filter((_item, place) => !chosen[place]).map(({ index }) => index);
  return {
    ...toResult(stored, refused, start.length > 0 ? sessionWarnings(started) : []),
    ...ifQueued(outcomes[0]),
    ...(unsampled.length > 0 ? { unsampled_count: unsampled.length, unsampled } : {}),
  };
}

function requireSize({ items, at }: Batch, maxBatchEvents: number): void {
  if (items.length <= maxBatchEvents) return;
  const message = `at most ${maxBatchEvents} events in one request; got ${items.length}. Send them in several.`;
  throw new Problem('too_large', `${at}: ${message}`, { issues: [{ field: at, message }] });
}

function planSharedSession(batch: Batch, now: number): SharedSession | null {
  const { items, sharedSession } = batch;
  const properties = sharedSession?.properties ?? {};
  if (!sharedSession?.isOne && !sharedSession?.properties) return null;
  // A retry that carries event ids but no session id must land in the same session.
  const eventId = firstText(items, 'event_id');
  const sessionId =
    firstText([properties, ...items], 'session_id') ??
    (eventId === undefined ? newId(now) : derivedId(`session:${eventId}`));
  return { sessionId, properties, project: batch.project ?? firstText(items, 'project') };
}

/** What the first of the items that has a text under the key has there. */
function firstText(items: readonly unknown[], key: string): string | undefined {
  return items
    .map((item) => (isJsonObject(item) ? item[key] : undefined))
    .find((value): value is string => typeof value === 'string' && value !== '');
}

async function startShared({ caller, services, shared }: BatchRun): Promise<readonly Write[]> {
  if (!shared) return [];
  const input: JsonObject = { ...shared.properties, session_id: shared.sessionId };
  const issues = findIssues(sessionIn, input, ['session_properties']);
  if (issues.length > 0) throw invalid(issues);
  const hints = { named: shared.project, sessionId: shared.sessionId };
  const [projectId = ''] = await findHomes(caller.access, services, [hints]);
  // Its events are refused for the same reason, one by one.
  if (projectId instanceof Problem) return [];
  const draft = draftSession(input, {
    projectId,
    now: services.clock.now(),
    acceptsUnknownType: false,
    ...senderOf(caller.access),
    pricer: await services.pricing.of(projectId),
  });
  if ('issues' in draft) throw invalid(draft.issues);
  const [writes] = await services.sampler.select([{ kind: 'startSession', event: draft.event }]);
  return writes ?? [];
}

interface Checked {
  readonly index: number;
  readonly input: EventIn;
}

/** The events whose shape fits; the others are added to `refused`. */
async function checkItems(run: BatchRun, refused: RefusedItem[]): Promise<Checked[]> {
  const { items, at, convert, isStrict } = run.batch;
  const schema = isStrict ? eventInStrict : eventIn;
  const checked = await mapInTurns(items, (item, index) => {
    if (item instanceof BadItem) {
      refused.push({ index, code: 'invalid_request', issues: [item.issue] });
      return [];
    }
    const converted = convert && isJsonObject(item) ? convert(item) : item;
    const issues = findIssues(schema, converted, [at, index]);
    if (issues.length === 0) return [{ index, input: inSession(converted as EventIn, run) }];
    refused.push({ index, code: 'invalid_request', issues });
    return [];
  });
  return checked.flat();
}

/** The events that can be stored; the others are added to `refused`. */
async function draftItems(
  run: BatchRun,
  {
    checked,
    homes,
    refused,
  }: { checked: readonly Checked[]; homes: readonly Home[]; refused: RefusedItem[] },
): Promise<Accepted[]> {
  const pricers = await readPricers(run.services, homes);
  const drafts = await mapInTurns(checked, (item, place) => {
    const { index } = item;
    const home = homes[place] ?? '';
    if (home instanceof Problem) {
      refused.push({ index, code: home.code, issues: atItem(run.batch, index, home.issues) });
      return [];
    }
    const drafted = draftItem(run, item, {
      projectId: home,
      pricer: pricers.get(home) ?? noPricer,
    });
    if ('event' in drafted) return [{ ...item, ...drafted }];
    refused.push({ index, code: 'invalid_request', issues: drafted.issues });
    return [];
  });
  return drafts.flat();
}

async function readPricers(
  { pricing }: BatchServices,
  homes: readonly Home[],
): Promise<Map<string, Pricer>> {
  const ids = [...new Set(homes)].filter((home) => typeof home === 'string');
  return new Map(await Promise.all(ids.map(async (id) => [id, await pricing.of(id)] as const)));
}

/** Issues of one item, under its place in the batch. */
function atItem({ at }: Batch, index: number, issues: readonly Issue[]): Issue[] {
  const place = formatPath([at, index]);
  return issues.map((issue) => ({ ...issue, field: `${place}.${issue.field}` }));
}

/** The events that are stored now; those whose ids are others' are added to `refused`. */
function takeStored(
  { batch, caller }: BatchRun,
  kept: readonly Accepted[],
  {
    outcomes,
    refused,
  }: { outcomes: readonly (WriteOutcome | undefined)[]; refused: RefusedItem[] },
): Accepted[] {
  return kept.flatMap((item, place) => {
    const outcome = outcomes[place];
    const { index, event, warnings } = item;
    const refusal = findRefusal(
      outcome,
      { field: 'event_id', value: event.eventId },
      caller.access,
    );
    if (refusal) {
      refused.push({ ...refusal, index, issues: atItem(batch, index, refusal.issues) });
      return [];
    }
    return [
      {
        ...item,
        event: outcome?.kind === 'known' ? outcome.event : event,
        // A span that comes again is a retry, or was sent while it ran.
        warnings: batch.spans ? warnings : [...warnings, ...differencesOf(outcome)],
      },
    ];
  });
}

function draftItem(
  { batch, services, caller }: BatchRun,
  { index, input }: Checked,
  home: Pick<DraftContext, 'projectId' | 'pricer'>,
): Draft {
  const draft = draftEvent(input, {
    ...home,
    now: services.clock.now(),
    acceptsUnknownType: batch.isStrict !== true,
    ...senderOf(caller.access),
  });
  if ('event' in draft) return draft;
  return { issues: atItem(batch, index, draft.issues) };
}

function inSession(input: EventIn, { batch, shared }: BatchRun): EventIn {
  const sessionId = batch.sessionId ?? input.session_id ?? shared?.sessionId;
  return sessionId === undefined ? input : { ...input, session_id: sessionId };
}

function toResult(
  stored: readonly Accepted[],
  refused: readonly RefusedItem[],
  ofSession: readonly Warning[],
): BatchResult {
  const sessions = new Set(stored.map(({ event }) => event.sessionId));
  const [only] = sessions;
  const warnings = [
    ...ofSession,
    ...stored.flatMap(({ index, warnings: list }) =>
      list.map((warning) => ({ index, ...warning })),
    ),
  ];
  return {
    event_ids: stored.map(({ event }) => event.eventId),
    ...(sessions.size === 1 ? { session_id: only } : {}),
    success: true,
    created_count: stored.length,
    failed_count: refused.length,
    events: stored.map(({ event }) => toCreated(event)),
    errors: refused
      .toSorted((a, b) => a.index - b.index)
      .map(({ index, code, issues }) => ({
        index,
        code,
        message: issues.map(({ field, message }) => `${field}: ${message}`).join('; '),
      })),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

/** The session that an event names, as its own root or as one of its events. */
export const sessionIdOf = (
  input: Pick<EventIn, 'session_id' | 'event_id' | 'event_type'>,
): string | null | undefined =>
  input.session_id ?? (input.event_type === 'session' ? input.event_id : undefined);
