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
