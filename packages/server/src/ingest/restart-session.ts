import { parseDigest } from '../domain/event-digest.ts';
import { parseBucket } from '../domain/json-text.ts';
import type { StoredEvent } from '../domain/stored-event.ts';

/** A session that is started again: metadata and user properties merge, what was left empty is filled. */
export function restart(known: StoredEvent, again: StoredEvent): StoredEvent {
  const merge = (name: 'metadata' | 'user_properties'): string =>
    JSON.stringify({ ...parseBucket(known[name]), ...parseBucket(again[name]) });
  const fill = (name: 'config' | 'inputs' | 'outputs' | 'feedback' | 'metrics'): string =>
    known[name] === '{}' ? again[name] : known[name];
  const next: StoredEvent = {
    ...known,
    eventName: known.eventName === 'unknown' ? again.eventName : known.eventName,
    source: known.source === 'unknown' ? again.source : known.source,
    metadata: merge('metadata'),
    user_properties: merge('user_properties'),
    config: fill('config'),
    inputs: fill('inputs'),
    outputs: fill('outputs'),
    feedback: fill('feedback'),
    metrics: fill('metrics'),
    isByOrganisation: known.isByOrganisation || again.isByOrganisation,
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
  const merge = (name: 'metadata' | 'user_properties'): string =>
    JSON.stringify({ ...parseBucket(made[name]), ...parseBucket(sent[name]) });
  const fill = (name: 'config' | 'inputs' | 'outputs' | 'feedback' | 'metrics'): string =>
    sent[name] === '{}' ? made[name] : sent[name];
  const next: StoredEvent = {
    ...sent,
    eventName: sent.eventName === 'unknown' ? made.eventName : sent.eventName,
    source: sent.source === 'unknown' ? made.source : sent.source,
    metadata: merge('metadata'),
    user_properties: merge('user_properties'),
    config: fill('config'),
    inputs: fill('inputs'),
    outputs: fill('outputs'),
    feedback: fill('feedback'),
    metrics: fill('metrics'),
    error: sent.error ?? made.error,
    createdAt: made.createdAt,
    isByOrganisation: made.isByOrganisation || sent.isByOrganisation,
    version: made.version + 1,
  };
  return { ...next, ...parseDigest(next) };
}

/** A root with what updates said of the session that its events were in before. */
export function inheritRoot(root: StoredEvent, old: StoredEvent): StoredEvent {
  const kept = { ...old, eventName: 'unknown', source: 'unknown', inputs: '{}', outputs: '{}' };
  return restart(root, { ...kept, user_properties: '{}' });
}
