import { isDeepStrictEqual } from 'node:util';
import { bucketNames, formatPath } from 'honeyhive-wire';
import type { EventIn } from 'honeyhive-wire';
import { planTimes, readTimes } from '../domain/event-patch.ts';
import { isJsonObject, parseBucket } from '../domain/json-text.ts';
import type { EventTimes, StoredEvent } from '../domain/stored-event.ts';

/** A value or an event that was sent again. */
interface Filled<T> {
  /** The stored one itself where nothing was added. */
  readonly value: T;
  /** Paths that differ: the stored value stays. */
  readonly kept: readonly string[];
}

/** Half of one value and half of another make no sense here: only one that has all of the stored one replaces it. */
const wholeBuckets: readonly string[] = ['inputs', 'outputs'];

/**
 * A stored event whose id is sent again: adds what it has not, and changes nothing that it has.
 *
 * @param sent the event as it was sent: a field that it lacks has a default in `again`, which is no difference
 */
export function completeEvent(
  known: StoredEvent,
  again: StoredEvent,
  sent: EventIn,
): Filled<StoredEvent> {
  const fields = fillFields(known, again);
  const times = fillTimes(known, again, sent);
  const buckets = bucketNames.map((name) => ({ name, ...fillBucket(name, known, again) }));
  const value = {
    ...known,
    ...fields.value,
    ...times.value,
    ...Object.fromEntries(buckets.map((bucket) => [bucket.name, bucket.value])),
  };
  const isSame = Object.entries(value).every(([name, one]) => one === Reflect.get(known, name));
  return {
    value: isSame ? known : { ...value, updatedAt: again.updatedAt },
    kept: [
      ...[...fields.kept, ...times.kept].filter((name) => isGiven(sent[name])),
      ...buckets.flatMap(({ kept }) => kept),
    ],
  };
}

/** Whether both are one span, though its trace is in another session by now. */
export function isSameSpan(known: StoredEvent, again: StoredEvent): boolean {
  const [one, other] = [parseBucket(known.metadata), parseBucket(again.metadata)];
  const names = ['trace_id', 'span_id'];
  return names.every((name) => typeof one[name] === 'string' && one[name] === other[name]);
}

const isGiven = (value: unknown): boolean => value !== null && value !== undefined;

type Fields = Pick<
  StoredEvent,
  'eventType' | 'eventName' | 'source' | 'error' | 'parentId' | 'childrenIds'
>;

function fillFields(known: StoredEvent, again: StoredEvent): Filled<Fields> {
  const kept: string[] = [];
  const fill = <T>(name: string, read: (event: StoredEvent) => T, unset: unknown): T => {
    const [has, gets] = [read(known), read(again)];
    if (isDeepStrictEqual(has, gets) || isDeepStrictEqual(gets, unset)) return has;
    if (isDeepStrictEqual(has, unset)) return gets;
    kept.push(name);
    return has;
  };
  return {
    value: {
      eventType: fill('event_type', ({ eventType }) => eventType, null),
      eventName: fill('event_name', ({ eventName }) => eventName, 'unknown'),
      source: fill('source', ({ source }) => source, 'unknown'),
      error: fill('error', ({ error }) => error, null),
      parentId: fill('parent_id', ({ parentId }) => parentId, known.sessionId),
      childrenIds: fill('children_ids', ({ childrenIds }) => childrenIds, []),
    },
    kept,
  };
}

/** An event that has not ended gets the end that is sent later. */
function fillTimes(known: StoredEvent, again: StoredEvent, sent: EventIn): Filled<EventTimes> {
  const kept = again.startTime === known.startTime ? [] : ['start_time'];
  if (!known.hasEnded) {
    const times = readTimes(sent);
    const { startTime: _start, ...end } = 'issues' in times ? {} : times;
    return { value: planTimes(known, end), kept };
  }
  const { startTime, endTime, durationMs, hasEnded } = known;
  if (again.hasEnded && again.endTime !== endTime) kept.push('end_time');
  if (again.hasEnded && again.durationMs !== durationMs) kept.push('duration');
  return { value: { startTime, endTime, durationMs, hasEnded }, kept };
}

function fillBucket(
  name: (typeof bucketNames)[number],
  known: StoredEvent,
  again: StoredEvent,
): Filled<string> {
  if (known[name] === again[name]) return { value: known[name], kept: [] };
  // A late retry does not bring back what retention deleted.
  if (known.isEmptied && wholeBuckets.includes(name)) return { value: known[name], kept: [] };
  const [has, gets] = [parseBucket(known[name]), parseBucket(again[name])];
  const { value, kept } = fill(has, gets, [name]);
  const isMixed = kept.length > 0 || (value !== has && !isDeepStrictEqual(value, gets));
  if (isMixed && wholeBuckets.includes(name)) return { value: known[name], kept: [name] };
  return { value: value === has ? known[name] : JSON.stringify(value), kept };
}

/** Nesting is limited when events are taken. */
function fill(has: unknown, gets: unknown, path: readonly (string | number)[]): Filled<unknown> {
  if (isEmpty(gets) || isDeepStrictEqual(has, gets)) return { value: has, kept: [] };
  if (isEmpty(has) || isBeginning(has, gets)) return { value: gets, kept: [] };
  if (!isJsonObject(has) || !isJsonObject(gets)) return { value: has, kept: [formatPath(path)] };
  const filled = Object.entries(gets).map(([key, value]) => {
    const mine = Object.hasOwn(has, key) ? has[key] : undefined;
    return [key, fill(mine, value, [...path, key])] as const;
  });
  const added = filled.filter(([key, { value }]) => !Object.hasOwn(has, key) || value !== has[key]);
  return {
    value:
      added.length === 0
        ? has
        : { ...has, ...Object.fromEntries(added.map(([key, { value }]) => [key, value])) },
    kept: filled.flatMap(([, { kept }]) => kept),
  };
}

/** Whether a list continues where another one ended. */
const isBeginning = (has: unknown, gets: unknown): boolean =>
  Array.isArray(has) && Array.isArray(gets) && isDeepStrictEqual(has, gets.slice(0, has.length));

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === '';
}
