import type { MalformedRequest } from './malformed-body.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the text can be told apart from anything JSON can carry back: infinities cannot. */
const hasInfinity = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some((each) => hasInfinity(each))
    : value === Infinity || value === -Infinity;

/** JSON text: with keys in order, and -0 as the 0 that it equals. */
const textOf = (value: unknown): string => JSON.stringify(value);

const sameBuckets = ['config', 'inputs', 'metrics'] as const;
const sameFields = ['event_id', 'event_name', 'source', 'children_ids'] as const;

/** The event that a body holds, as the service should have understood it. */
export function eventIn(request: MalformedRequest, wrapper: string): Json | null {
  const body: unknown = JSON.parse(request.bytes.toString('utf8'));
  if (!isObject(body)) return null;
  if (!Object.hasOwn(body, wrapper)) return body;
  const inner = body[wrapper];
  const value: unknown = typeof inner === 'string' ? JSON.parse(inner) : inner;
  return isObject(value) ? value : null;
}

/**
 * What of an event that was acknowledged cannot be read back as it was sent, as sentences; empty when all can.
 *
 * @param sent the event as the service understood it
 * @param stored the same event, read back
 */
export function findLosses(sent: Json, stored: Json): string[] {
  const losses = hasInfinity(sent) ? ['a number beyond the range of JSON was acknowledged'] : [];
  const expectSame = (name: string, expected: unknown, found: unknown) => {
    if (textOf(expected) !== textOf(found)) {
      losses.push(
        `${name}: sent ${textOf(expected).slice(0, 200)}, read ${textOf(found)?.slice(0, 200)}`,
      );
    }
  };
  for (const name of sameBuckets) expectSame(name, sent[name] ?? {}, stored[name]);
  for (const name of sameFields) {
    if (sent[name] !== undefined && sent[name] !== null) expectSame(name, sent[name], stored[name]);
  }
  const outputs = sent['outputs'] ?? {};
  expectSame('outputs', isObject(outputs) ? outputs : { value: outputs }, stored['outputs']);
  for (const bucket of ['metadata', 'feedback', 'user_properties']) {
    const kept = stored[bucket];
    for (const [key, value] of Object.entries(sent[bucket] ?? {})) {
      if (key === 'ground_truth' || !isObject(kept)) continue;
      expectSame(`${bucket}.${key}`, value, Object.hasOwn(kept, key) ? kept[key] : undefined);
    }
  }
  return losses;
}
