import { parseInstant } from 'honeyhive-facts';
import { eventKeys, sessionKeys, updateKeys } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import { asPlain } from '../json/plain-value.ts';

/** What a draft takes from around it. */
export interface DraftContext {
  /** Of input that names none; null: that of the key. */
  readonly project: string | null;
  readonly source: string | null;
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
}

const knownEventKeys: ReadonlySet<string> = new Set(eventKeys);
const knownSessionKeys: ReadonlySet<string> = new Set(sessionKeys);
const knownUpdateKeys: ReadonlySet<string> = new Set([...updateKeys, 'project']);

/** The session to send. Its id and start are made here, so that a retry is the same session. */
export function draftSession(input: JsonObject, context: DraftContext): JsonObject {
  const session = draft(foldExtras(input, knownSessionKeys), context);
  session['session_id'] ??= context.newId();
  return session;
}

/** The event to send. Its id and start are made here, so that a retry is the same event. */
export function draftEvent(input: JsonObject, context: DraftContext): JsonObject {
  const event = draft(foldExtras(input, knownEventKeys), context);
  // The vendor's service refuses events without inputs.
  event['inputs'] ??= {};
  event['event_id'] ??= context.newId();
  return event;
}

/** A copy with the defaults of the client, and times as instants. */
function draft(body: JsonObject, { project, source, now }: DraftContext): JsonObject {
  // Not by a spread: V8 takes a microsecond for each name that is added to one.
  const drafted: JsonObject = Object.assign({}, body);
  // Null is what the caller says: none.
  if (project !== null && body['project'] === undefined) drafted['project'] = project;
  if (source !== null && body['source'] === undefined) drafted['source'] = source;
  normaliseTime(drafted, 'start_time');
  normaliseTime(drafted, 'end_time');
  drafted['start_time'] ??= startOf(drafted, now);
  return drafted;
}

/** The update to send. */
export function draftUpdate(input: JsonObject): JsonObject {
  const { project: _project, ...body } = foldExtras(input, knownUpdateKeys);
  normaliseTime(body, 'end_time');
  return body;
}

/** Keys of an event that an update cannot change. */
export const lockedKeys = (input: JsonObject): string[] =>
  Object.keys(input).filter(
    (key) => input[key] !== undefined && knownEventKeys.has(key) && !knownUpdateKeys.has(key),
  );

/**
 * Keys without their own meaning go to `metadata`, `user_id` to `user_properties` as well.
 *
 * The service does the same; the vendor's drops them. At the top level they win over `metadata`, as
 * they do in the service.
 */
function foldExtras(given: JsonObject, known: ReadonlySet<string>): JsonObject {
  const input = foldError(toObject(asPlain(given)));
  if (isFolded(input, known)) return input;
  const entries = Object.entries(input).filter(([, value]) => value !== undefined);
  const extras = entries.filter(([key]) => !known.has(key));
  const fields = Object.fromEntries(entries.filter(([key]) => known.has(key)));
  if (extras.length === 0) return fields;
  const userId = input['user_id'];
  return {
    ...fields,
    metadata: { ...toObject(fields['metadata']), ...Object.fromEntries(extras) },
    ...(userId === undefined
      ? {}
      : { user_properties: { user_id: userId, ...toObject(fields['user_properties']) } }),
  };
}

/** An error as text, by which events group; all of it, with its stack, goes to `metadata.error` if that is free. */
function foldError(input: JsonObject): JsonObject {
  const { error, metadata } = input;
  if (!isObject(error)) return input;
  const { name, message } = error;
  if (typeof name !== 'string' || typeof message !== 'string') return input;
  return { ...input, error: `${name}: ${message}`, metadata: { error, ...toObject(metadata) } };
}

/** Most inputs need no folding: to look costs a tenth of taking them apart. */
function isFolded(input: JsonObject, known: ReadonlySet<string>): boolean {
  for (const key in input) {
    if (!known.has(key) || input[key] === undefined || !Object.hasOwn(input, key)) return false;
  }
  return true;
}

const toObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

function startOf({ end_time: end, duration }: JsonObject, now: () => number): unknown {
  if (end === undefined || end === null) return now();
  // An end that is no instant is for the service to complain about.
  if (typeof end !== 'number') return undefined;
  return Math.max(0, end - (typeof duration === 'number' ? duration : 0));
}

/** Instants as epoch milliseconds: the vendor's service takes anything else for now. */
function normaliseTime(body: JsonObject, key: string): void {
  const ms = toEpochMs(body[key]);
  if (ms !== null) body[key] = ms;
}

// Without a zone, an ISO time means another instant to each reader: those are left as they are.
const zonedInstant = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/;

function toEpochMs(value: unknown): number | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
  return typeof value === 'string' && zonedInstant.test(value) ? parseInstant(value) : null;
}
