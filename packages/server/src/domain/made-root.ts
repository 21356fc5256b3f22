import { limits } from 'honeyhive-wire';
import { placeholderSession } from './event-draft.ts';
import { parseBucket } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { EventHead, StoredEvent } from './stored-event.ts';
import { isBefore, rankSpan } from './trace-span.ts';
import type { SpanOfSession, SpanRank } from './trace-span.ts';

/** A span that gives a session its name comes before all others. */
type RootRank = readonly [isUnnamed: number, ...SpanRank];

/** Which spans the root of a session was made after. */
interface RootOrigin {
  /** The one that name, source, times, inputs and outputs are of. */
  readonly row: RootRank;
  /** The first one that names a user; null while no span does. */
  readonly user: RootRank | null;
  /** Fields that an update changed since: they stay. */
  readonly updated: readonly string[];
}

/** Longer inputs and outputs are not copied to the root: lists show their beginning all the same. */
const maxCopiedChars = 64 * 1024;

const beginning = '{"row":';

function readOrigin(origin: string): RootOrigin | null {
  return origin.startsWith(beginning) ? (JSON.parse(origin) as RootOrigin) : null;
}

const writeOrigin = (origin: RootOrigin): string => JSON.stringify(origin);

/** Whether the service made the root, because nobody started the session. */
export const isMadeRoot = ({ version, origin }: Pick<EventHead, 'version' | 'origin'>): boolean =>
  version === 0 || origin.startsWith(beginning);

/** What a span gives to the root of its session. */
function compare(origin: string, event: StoredEvent, span: SpanOfSession) {
  const known = readOrigin(origin);
  const rank: RootRank = [span.sessionName === null ? 1 : 0, ...rankSpan(span, event)];
  const user = known?.user ?? null;
  return {
    known,
    rank,
    row: known === null || isBefore(rank, known.row),
    user: event.user !== '' && (user === null || isBefore(rank, user)),
  };
}

/** Whether the root would be another one after the span. */
export function canImprove(root: EventHead, event: StoredEvent, span: SpanOfSession): boolean {
  if (root.isDeleted || !isMadeRoot(root)) return false;
  const gives = compare(root.origin, event, span);
  return gives.row || gives.user;
}

/** The root of a session that a span is the first of. */
export const makeRoot = (event: StoredEvent, span: SpanOfSession): StoredEvent => ({
  ...improveRoot(placeholderSession(event), event, span),
  version: 0,
});

/** The root after one more span of its session; itself where the span changes nothing. */
export function improveRoot(
  root: StoredEvent,
  event: StoredEvent,
  span: SpanOfSession,
): StoredEvent {
  const gives = compare(root.origin, event, span);
  if (!gives.row && !gives.user) return root;
  const updated = new Set(gives.known?.updated);
  return {
    ...root,
    ...(gives.row ? toRow(event, span, updated) : {}),
    ...(gives.user ? toUser(event, updated) : {}),
    version: root.version + 1,
    updatedAt: Math.max(root.updatedAt, event.updatedAt),
    origin: toOrigin(gives),
  };
}

const toOrigin = ({ known, rank, row, user }: ReturnType<typeof compare>): string =>
  writeOrigin({
    row: known && !row ? known.row : rank,
    user: user ? rank : (known?.user ?? null),
    updated: known?.updated ?? [],
  });

function toRow(
  event: StoredEvent,
  { sessionName }: SpanOfSession,
  updated: ReadonlySet<string>,
): Partial<StoredEvent> {
  const { startTime, endTime, durationMs, hasEnded } = event;
  const copy = (text: string): string => (text.length > maxCopiedChars ? '{}' : text);
  return {
    source: event.source,
    ...(updated.has('event_name')
      ? {}
      : { eventName: (sessionName ?? event.eventName) || 'unknown' }),
    ...(updated.has('times') ? {} : { startTime, endTime, durationMs, hasEnded }),
    ...(updated.has('inputs')
      ? {}
      : { inputs: copy(event.inputs), inputPreview: event.inputPreview }),
    ...(updated.has('outputs')
      ? {}
      : { outputs: copy(event.outputs), outputPreview: event.outputPreview }),
  };
}

/** Some senders name the user in the metadata. */
function toUser(
  { user, user_properties: properties }: StoredEvent,
  updated: ReadonlySet<string>,
): Partial<StoredEvent> {
  if (updated.has('user_properties')) return {};
  return {
    user,
    user_properties: properties === '{}' ? JSON.stringify({ user_id: user }) : properties,
  };
}

/** What the event of a span that was stored says of it; null for other events. */
export function readSpanOfSession({ metadata }: StoredEvent): SpanOfSession | null {
  const fields = parseBucket(metadata);
  const { span_id: spanId, parent_span_id: parentId } = fields;
  if (typeof spanId !== 'string') return null;
  return { spanId, isFirst: parentId === undefined, sessionName: readSessionName(fields) };
}

/** HoneyHive's SDKs name the session that is to be made for them. */
export function readSessionName(attributes: JsonObject): string | null {
  const names = ['honeyhive.session_name', 'honeyhive_session_name'];
  const name = names.map((each) => attributes[each]).find((value) => typeof value === 'string');
  return typeof name === 'string' && name !== '' ? name.slice(0, limits.nameChars) : null;
}

/** The origin of a root after an update of some fields. */
export function noteUpdated(origin: string, fields: readonly string[]): string {
  const known = readOrigin(origin);
  if (known === null || fields.length === 0) return origin;
  return writeOrigin({ ...known, updated: [...new Set([...known.updated, ...fields])] });
}

/** The root without what it has of spans: these are gone. */
export function forgetSpans(root: StoredEvent): StoredEvent {
  const known = readOrigin(root.origin);
  if (known === null) return root;
  const updated = new Set(known.updated);
  const row: RootRank = [1, 1, Number.MAX_VALUE, 0, ''];
  return {
    ...root,
    ...(updated.has('event_name') ? {} : { eventName: 'unknown' }),
    ...(updated.has('inputs') ? {} : { inputs: '{}', inputPreview: '' }),
    ...(updated.has('outputs') ? {} : { outputs: '{}', outputPreview: '' }),
    ...(updated.has('user_properties') ? {} : { user_properties: '{}', user: '' }),
    origin: writeOrigin({ row, user: null, updated: known.updated }),
  };
}
