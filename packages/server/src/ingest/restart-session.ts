import { parseDigest } from '../domain/event-digest.ts';
import { parseBucket } from '../domain/json-text.ts';
import type { StoredEvent } from '../domain/stored-event.ts';

const merge = (older: string, newer: string): string =>
  JSON.stringify({ ...parseBucket(older), ...parseBucket(newer) });

/** An event with what it leaves empty taken from another one. */
function fillEmpty(event: StoredEvent, other: StoredEvent): StoredEvent {
  const named = (name: 'eventName' | 'source'): string =>
    event[name] === 'unknown' ? other[name] : event[name];
  const bucket = (name: 'config' | 'inputs' | 'outputs' | 'feedback' | 'metrics'): string =>
    event[name] === '{}' ? other[name] : event[name];
  return {
    ...event,
    eventName: named('eventName'),
    source: named('source'),
    config: bucket('config'),
    inputs: bucket('inputs'),
    outputs: bucket('outputs'),
    feedback: bucket('feedback'),
    metrics: bucket('metrics'),
    isByOrganisation: event.isByOrganisation || other.isByOrganisation,
  };
}

/** A session that is started again: metadata and user properties merge, what was left empty is filled. */
export function restart(known: StoredEvent, again: StoredEvent): StoredEvent {
  const payload = known.isEmptied ? { inputs: known.inputs, outputs: known.outputs } : {};
  const next: StoredEvent = {
    ...fillEmpty(known, again),
    ...payload,
    metadata: merge(known.metadata, again.metadata),
    user_properties: merge(known.user_properties, again.user_properties),
  };
  const isSame = Object.entries(next).every(([name, value]) =>
    Object.is(value, Reflect.get(known, name)),
  );
  return isSame
    ? known
    : { ...next, ...parseDigest(next), version: known.version + 1, updatedAt: again.updatedAt };
}

/** A session that the service made, and that is started now: what is sent counts, then what is there. */
export function startMade(made: StoredEvent, sent: StoredEvent): StoredEvent {
  const next: StoredEvent = {
    ...fillEmpty(sent, made),
    metadata: merge(made.metadata, sent.metadata),
    user_properties: merge(made.user_properties, sent.user_properties),
    error: sent.error ?? made.error,
    createdAt: made.createdAt,
    version: made.version + 1,
  };
  return { ...next, ...parseDigest(next) };
}

/** A root with what updates said of the session that its events were in before. */
export function inheritRoot(root: StoredEvent, old: StoredEvent): StoredEvent {
  const kept = { ...old, eventName: 'unknown', source: 'unknown', inputs: '{}', outputs: '{}' };
  return restart(root, { ...kept, user_properties: '{}' });
}
