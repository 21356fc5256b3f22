import type { Drop } from '../errors/drop.ts';
import { eventKeys } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import { isPlain, toPlain } from '../json/plain-value.ts';
import { draftEvent, draftSession } from '../wire/draft.ts';
import type { DraftContext } from '../wire/draft.ts';

/** An event as JSON, and the ids in it. */
export interface Snapshot {
  readonly eventId: string;
  readonly sessionId: string;
  /** Begins with the head where there is one: `{` and members, each with a comma after it. */
  readonly head: string;
  /** The whole event, or what follows the head instead of its brace. */
  readonly text: string;
}

/** Or why it was dropped. */
export type SnapshotResult =
  | Snapshot
  | { readonly eventId: string; readonly sessionId: string; readonly drop: Drop };

/** An event without what must not leave the process; throws when it cannot be redacted. */
export type RedactEvent = (event: JsonObject) => JsonObject;

/** What a snapshot takes from around it. */
export interface SnapshotContext extends DraftContext {
  /** null: nothing is taken out. */
  readonly redactEvent: RedactEvent | null;
}

/** Turns what a caller logs into JSON, at once: what changes later changes nothing. Never throws. */
export interface Snapshots {
  ofEvent(input: unknown): SnapshotResult;
  ofSession(input: unknown): SnapshotResult;
}

const knownKeys: ReadonlySet<string> = new Set(eventKeys);

export function createSnapshots(context: SnapshotContext): Snapshots {
  const fixed =
    (context.project === null ? '' : `"project":${JSON.stringify(context.project)},`) +
    (context.source === null ? '' : `"source":${JSON.stringify(context.source)},`);
  const canBeDirect = context.redactEvent === null;
  return {
    ofEvent(input) {
      try {
        if (isObject(input)) {
          const isDirect = canBeDirect && isComplete(input);
          return isDirect ? writeDirect(input, context, fixed) : writeDraft(input, context);
        }
        return refuse(input, context, { reason: 'invalid', message: 'an event must be an object' });
      } catch {
        // A getter that throws, a proxy that was revoked: the careful way round names it in its place.
        return writeCareful(input, context, (plain) => draftEvent(plain, context));
      }
    },
    ofSession(input) {
      return writeCareful(input, context, (plain) => toRoot(draftSession(plain, context)));
    },
  };
}

/** The root of a session, as one of the events of a batch. */
function toRoot(session: JsonObject): JsonObject {
  const { session_name, event_name, ...rest } = session;
  return {
    ...rest,
    event_type: 'session',
    event_name: session_name ?? event_name ?? 'unknown',
    event_id: session['session_id'],
  };
}

/** Whether the event can be written as it is: nothing to fold, to convert or to normalise. */
function isComplete(input: JsonObject): boolean {
  // One that has a class may have a `toJSON` as well.
  if (Object.getPrototypeOf(input) !== Object.prototype) return false;
  for (const key in input) {
    if (!knownKeys.has(key) || !isPlain(input[key], 1)) return false;
  }
  return hasUsualIds(input) && hasUsualTimes(input) && hasUsualFields(input);
}

const hasUsualIds = ({ session_id, event_id }: JsonObject): boolean =>
  isId(session_id) && (event_id === undefined || isId(event_id));

const hasUsualTimes = ({ start_time, end_time }: JsonObject): boolean =>
  (typeof start_time === 'number' || (start_time === undefined && end_time === undefined)) &&
  (end_time === undefined || typeof end_time === 'number');

// Null stands for the default, and so must be replaced.
const hasUsualFields = ({ inputs, project, source, error }: JsonObject): boolean =>
  (inputs === undefined || isObject(inputs)) &&
  project !== null &&
  source !== null &&
  !isObject(error);

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The defaults are written in front of the event's own text, which saves a copy of the object. */
function writeDirect(input: JsonObject, context: SnapshotContext, fixed: string): Snapshot {
  const own = JSON.stringify(input);
  let head = '{';
  let eventId = input['event_id'];
  if (!isId(eventId)) {
    eventId = context.newId();
    head += `"event_id":"${String(eventId)}",`;
  }
  if (input['start_time'] === undefined) head += `"start_time":${context.now()},`;
  if (input['inputs'] === undefined) head += '"inputs":{},';
  if (fixed !== '') head += missingOf(input, fixed, context);
  // Not joined here: for that the text would be copied, and it is copied into the body anyway.
  const sessionId = String(input['session_id']);
  return { eventId: String(eventId), sessionId, head: head === '{' ? '' : head, text: own };
}

function missingOf(input: JsonObject, fixed: string, context: SnapshotContext): string {
  const hasProject = input['project'] !== undefined;
  const hasSource = input['source'] !== undefined;
  if (!hasProject && !hasSource) return fixed;
  const project = hasProject || context.project === null ? null : context.project;
  const source = hasSource || context.source === null ? null : context.source;
  return (
    (project === null ? '' : `"project":${JSON.stringify(project)},`) +
    (source === null ? '' : `"source":${JSON.stringify(source)},`)
  );
}

function writeDraft(input: JsonObject, context: SnapshotContext): SnapshotResult {
  return writeCareful(input, context, (plain) => draftEvent(plain, context));
}

function writeCareful(
  input: unknown,
  context: SnapshotContext,
  draft: (plain: JsonObject) => JsonObject,
): SnapshotResult {
  const plain = toPlain(input);
  if (!isObject(plain)) {
    const message = `an event must be an object${typeof plain === 'string' ? `; got ${plain.slice(0, 100)}` : ''}`;
    return refuse(plain, context, { reason: 'invalid', message });
  }
  const drafted = draft(plain);
  const eventId = drafted['event_id'];
  const sessionId = drafted['session_id'] ?? context.newId();
  if (!isId(eventId) || !isId(sessionId)) {
    const message = 'event_id and session_id must be text that is not empty';
    return refuse(drafted, context, { reason: 'invalid', message });
  }
  return write({ ...drafted, session_id: sessionId }, context, { eventId, sessionId });
}

function write(
  event: JsonObject,
  { redactEvent }: SnapshotContext,
  ids: { readonly eventId: string; readonly sessionId: string },
): SnapshotResult {
  let safe = event;
  if (redactEvent !== null) {
    try {
      safe = redactEvent(event);
    } catch (error) {
      return { ...ids, drop: { reason: 'redaction_failed', message: messageOf(error) } };
    }
  }
  try {
    // The ids are what the receipt names: whatever redacts may not change them.
    const kept = { ...safe, event_id: ids.eventId, session_id: ids.sessionId };
    return { ...ids, head: '', text: JSON.stringify(toPlain(kept)) };
  } catch (error) {
    // Longer than a text can be.
    const message = `cannot be written as JSON: ${messageOf(error)}`;
    return { ...ids, drop: { reason: 'invalid', message } };
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function refuse(input: unknown, { newId }: SnapshotContext, drop: Drop): SnapshotResult {
  const given: JsonObject = isObject(input) ? input : {};
  const { event_id, session_id } = given;
  return {
    eventId: isId(event_id) ? event_id : newId(),
    sessionId: isId(session_id) ? session_id : newId(),
    drop,
  };
}
