import { isJsonObject, parseBucket } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { EventBuckets } from './stored-event.ts';

/** What a log record adds to the event of its span. */
export interface SpanLog {
  /** The same for the same record, so that a retry changes nothing. */
  readonly id: string;
  readonly name: string;
  /** Epoch milliseconds; null if unknown. */
  readonly time: number | null;
  /** What stays with the name of the record. */
  readonly attributes: JsonObject;
  readonly buckets: Readonly<Partial<Record<LogBucket, JsonObject>>>;
}

type LogBucket = 'config' | 'inputs' | 'outputs' | 'metadata' | 'metrics';

/** Inputs that are added to a conversation, and do not count as one. */
const quietInputs = new Set(['tools', 'system_instructions', 'template_inputs', 'documents']);

/**
 * The buckets of an event with what a log record adds. What the event has wins: a span may have the same conversation
 * as its logs. Messages of several records are one conversation, in the order of arrival.
 */
export function addLog(event: EventBuckets, log: SpanLog): Partial<EventBuckets> {
  const metadata = parseBucket(event.metadata);
  const field = Array.isArray(metadata['logs'] ?? []) ? 'logs' : 'logs_';
  const entries = toObjects(metadata[field]);
  if (entries.some(({ id }) => id === log.id)) return {};
  const said = addSaid(event, log, entries);
  const entry = { ...toEntry(log), ...said.entry };
  const { metadata: facts, ...rest } = log.buckets;
  return {
    ...said.buckets,
    ...fill(event, 'config', rest.config),
    ...fill(event, 'metrics', rest.metrics),
    metadata: JSON.stringify({ ...facts, ...metadata, [field]: [...entries, entry] }),
  };
}

const fill = (event: EventBuckets, name: 'config' | 'metrics', added: JsonObject | undefined) =>
  added === undefined ? {} : { [name]: JSON.stringify({ ...added, ...parseBucket(event[name]) }) };

const toEntry = ({ id, name, time, attributes }: SpanLog): JsonObject => ({
  id,
  name,
  ...(time === null ? {} : { time }),
  ...(isEmpty(attributes) ? {} : { attributes }),
});

const adders = { inputs: addInputs, outputs: addOutputs } as const;

/** Inputs and outputs: in the buckets, or in the entry of the record where the event has others. */
function addSaid(event: EventBuckets, log: SpanLog, entries: readonly JsonObject[]) {
  const buckets: Partial<EventBuckets> = {};
  const unused: Record<string, JsonObject> = {};
  for (const name of ['inputs', 'outputs'] as const) {
    const added = log.buckets[name];
    if (added === undefined) continue;
    const known = parseBucket(event[name]);
    const next = adders[name](known, added, isFromLogs(entries, name));
    if (next !== null) Object.assign(buckets, { [name]: JSON.stringify(next) });
    else if (differs(added, known)) unused[name] = added;
  }
  const used = Object.keys(buckets);
  return { buckets, entry: { ...unused, ...(used.length > 0 ? { used } : {}) } };
}

const toObjects = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

const isEmpty = (object: JsonObject): boolean => Object.keys(object).length === 0;

/** Whether earlier records filled the bucket. */
const isFromLogs = (entries: readonly JsonObject[], bucket: string): boolean =>
  entries.some(({ used }) => Array.isArray(used) && used.includes(bucket));

/** Whether something is added that the event does not have. */
const differs = (added: JsonObject, known: JsonObject): boolean =>
  Object.entries(added).some(
    ([key, value]) => JSON.stringify(known[key]) !== JSON.stringify(value),
  );

/** @returns the inputs; null if the event has others */
function addInputs(known: JsonObject, added: JsonObject, isOurs: boolean): JsonObject | null {
  if (Object.keys(known).every((key) => quietInputs.has(key))) return { ...added, ...known };
  if (!isOurs) return null;
  const history = [...toObjects(known['chat_history']), ...toObjects(added['chat_history'])];
  return { ...added, ...known, ...(history.length > 0 ? { chat_history: history } : {}) };
}

/** @returns the outputs: one answer, or a list of several; null if the event has others */
function addOutputs(known: JsonObject, added: JsonObject, isOurs: boolean): JsonObject | null {
  if (isEmpty(known)) return added;
  return isOurs ? { chat_history: [...toAnswers(known), ...toAnswers(added)] } : null;
}

const toAnswers = (outputs: JsonObject): readonly JsonObject[] =>
  Array.isArray(outputs['chat_history']) ? toObjects(outputs['chat_history']) : [outputs];
