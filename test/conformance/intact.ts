import { operations } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import type { MalformedRequest } from './malformed-body.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An event of a request that was acknowledged, as the service should have understood it. */
export interface SentEvent {
  readonly event_id: string;
  readonly sent: Json;
}

const single: readonly string[] = [
  'createEvent',
  'createEventStrict',
  'startSession',
  'createSession',
];
const lists: Readonly<Record<string, readonly string[]>> = {
  createEventBatch: ['events'],
  createEventBatchStrict: ['events'],
  addSessionEvents: ['events'],
  addSessionTraces: ['events', 'logs'],
};

/** The events of a request that the answer says are stored; empty for operations that store none as they are sent. */
export function findAcknowledged(request: MalformedRequest, answer: unknown): SentEvent[] {
  if (!isObject(answer)) return [];
  const { wrapper }: Operation = operations[request.id];
  // A byte order mark before a body is read over.
  const body: unknown = JSON.parse(request.bytes.toString('utf8').replace(/^\uFEFF/, ''));
  if (single.includes(request.id)) {
    return [{ event_id: String(answer['event_id']), sent: unwrap(body, wrapper ?? '') ?? {} }];
  }
  const names = lists[request.id] ?? [];
  const [list = []] = names.map((name) => (isObject(body) ? body[name] : undefined)).filter(isList);
  const failed = isList(answer['errors'])
    ? answer['errors'].map((error) => toObject(error)['index'])
    : [];
  const ids = isList(answer['event_ids']) ? answer['event_ids'] : [];
  return list
    .filter((_event, index) => !failed.includes(index))
    .map((event, place) => ({
      event_id: String(ids[place]),
      sent: inSession(request, toObject(event)),
    }));
}

/** The path of a request wins over the session that an event names. */
function inSession({ id, params }: MalformedRequest, event: Json): Json {
  return id.startsWith('addSession') ? { ...event, session_id: params['session_id'] } : event;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const toObject = (value: unknown): Json => (isObject(value) ? value : {});

/** Whether a number in it lies beyond what JSON can carry back. */
const hasInfinity = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some((each) => hasInfinity(each))
    : value === Infinity || value === -Infinity;

/** JSON text: with keys in order, and -0 as the 0 that it equals. */
const textOf = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

const sameBuckets = ['config', 'inputs', 'metrics'] as const;
const sameFields = ['event_id', 'session_id', 'parent_id', 'children_ids'] as const;
const sameTexts = ['event_name', 'source'] as const;

function unwrap(body: unknown, wrapper: string): Json | null {
  if (!isObject(body)) return null;
  if (!Object.hasOwn(body, wrapper)) return body;
  const inner = body[wrapper];
  const value: unknown = typeof inner === 'string' ? JSON.parse(inner) : inner;
  return isObject(value) ? value : null;
}

/** Text that is its own column: half a surrogate pair has no UTF-8 and becomes U+FFFD. */
const toWellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');

/**
 * What of an event that was acknowledged cannot be read back as it was sent, as sentences; empty when all can.
 *
 * @param sent the event as the service understood it
 * @param stored the same event, read back
 */
export function findLosses(sent: Json, stored: Json): string[] {
  const outputs = sent['outputs'] ?? {};
  const pairs: Pair[] = [
    ...sameBuckets.map((name): Pair => [name, sent[name] ?? {}, stored[name]]),
    ...sameFields
      .filter((name) => sent[name] !== undefined && sent[name] !== null)
      .map((name): Pair => [name, sent[name], stored[name]]),
    ...sameTexts
      .filter((name) => typeof sent[name] === 'string')
      .map((name): Pair => [name, toWellFormed(String(sent[name])), stored[name]]),
    ['outputs', isObject(outputs) ? outputs : { value: outputs }, stored['outputs']],
    ...mergedBuckets.flatMap((bucket) => pairKeys(bucket, sent[bucket], stored[bucket])),
  ];
  return [
    ...(hasInfinity(sent) ? ['a number beyond the range of JSON was acknowledged'] : []),
    ...pairs
      .map(([name, expected, found]): Pair => [name, textOf(expected), textOf(found)])
      .filter(([, expected, found]) => expected !== found)
      .map((pair) => pair.map((part) => String(part).slice(0, 200)).join(' | ')),
  ];
}

type Pair = [name: string, expected: unknown, found: unknown];

/** Buckets that the service adds to: what was sent must be among what is stored. */
const mergedBuckets = ['metadata', 'feedback', 'user_properties'] as const;

const pairKeys = (bucket: string, sent: unknown, stored: unknown): Pair[] =>
  Object.entries(isObject(sent) ? sent : {})
    .filter(([key]) => key !== 'ground_truth')
    .map(([key, value]): Pair => {
      const found = isObject(stored) && Object.hasOwn(stored, key) ? stored[key] : undefined;
      return [`${bucket}.${key}`, value, found];
    });
