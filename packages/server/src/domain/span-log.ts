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
  /** Whether it has the whole conversation, and not one message. */
  readonly isWhole: boolean;
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

const toEntry = ({ id, name, time, attributes, isWhole }: SpanLog): JsonObject => ({
  id,
  name,
  ...(isWhole ? { whole: true } : {}),
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
    const ours = entries.filter(({ used }) => Array.isArray(used) && used.includes(name));
    const next = adders[name](known, added, joinOf(log, ours));
    if (next !== null) Object.assign(buckets, { [name]: JSON.stringify(next) });
    else if (differs(added, known)) unused[name] = added;
  }
  const used = Object.keys(buckets);
  return { buckets, entry: { ...unused, ...(used.length > 0 ? { used } : {}) } };
}

const toObjects = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

const isEmpty = (object: JsonObject): boolean => Object.keys(object).length === 0;

type Join = (known: readonly JsonObject[], added: readonly JsonObject[]) => readonly JsonObject[];

/**
 * How messages of a record join those of earlier ones; null if the messages of the event are not from records. Some
 * senders log each message and the whole conversation, or that before and after the call.
 */
function joinOf({ isWhole }: SpanLog, ours: readonly JsonObject[]): Join | null {
  if (ours.length === 0) return null;
  if (isWhole) return (known, added) => [...without(known, added), ...added];
  const hasWhole = ours.some(({ whole }) => whole === true);
  return (known, added) => [...known, ...(hasWhole ? without(added, known) : added)];
}

function without(messages: readonly JsonObject[], others: readonly JsonObject[]) {
  const prints = new Set(others.map(printOf));
  return messages.filter((message) => !prints.has(printOf(message)));
}

/** What a message says. */
const printOf = ({ role, content, parts, tool_calls }: JsonObject): string =>
  JSON.stringify([role, content, parts, tool_calls]);

/** Whether something is added that the event does not have. */
const differs = (added: JsonObject, known: JsonObject): boolean =>
  Object.entries(added).some(
    ([key, value]) => JSON.stringify(known[key]) !== JSON.stringify(value),
  );

/** @returns the inputs; null if the event has others */
function addInputs(known: JsonObject, added: JsonObject, join: Join | null): JsonObject | null {
  if (Object.keys(known).every((key) => quietInputs.has(key))) return { ...added, ...known };
  if (join === null) return null;
  const history = join(toObjects(known['chat_history']), toObjects(added['chat_history']));
  return { ...added, ...known, ...(history.length > 0 ? { chat_history: history } : {}) };
}

/** @returns the outputs: one answer, or a list of several; null if the event has others */
function addOutputs(known: JsonObject, added: JsonObject, join: Join | null): JsonObject | null {
  if (isEmpty(known)) return added;
  if (join === null) return null;
  const answers = join(toAnswers(known), toAnswers(added));
  const [only, ...more] = answers;
  return only !== undefined && more.length === 0 ? only : { chat_history: answers };
}

const toAnswers = (outputs: JsonObject): readonly JsonObject[] =>
  Array.isArray(outputs['chat_history']) ? toObjects(outputs['chat_history']) : [outputs];
