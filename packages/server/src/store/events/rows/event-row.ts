import { systemClock } from '../../../clock.ts';
import { costSources } from '../../../domain/pricing.ts';
import type { CostSource } from '../../../domain/pricing.ts';
import type {
  EventDigest,
  EventHead,
  EventType,
  FeedbackKind,
  StoredEvent,
} from '../../../domain/stored-event.ts';
import { turnBytes } from '../../../map-in-turns.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';

export const eventTable = 'events';
/**
 * For what is looked up by ids without their hours: the Bloom filters find it. The sort key leaves nothing out, and
 * asking it of every granule takes longer than all the rest ([ADR 12](../../../../../docs/adr/0012-hour-caches.md)).
 */
export const byIdsAlone = 'SETTINGS use_primary_key = 0';

/** Columns of a row, in the order in which rows are written and read. */
export const eventColumns = [
  'project_id',
  'start_hour',
  'session_id',
  'event_id',
  'version',
  'is_deleted',
  'event_type',
  'event_name',
  'parent_id',
  'children_ids',
  'source',
  'error',
  'start_time',
  'end_time',
  'duration',
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'cost_usd',
  'created_at',
  'updated_at',
  'config',
  'inputs',
  'outputs',
  'metadata',
  'metrics',
  'feedback',
  'user_properties',
  'has_odd_json',
  'input_preview',
  'output_preview',
  'model',
  'user',
  'feedback_kind',
  'inputs_bytes',
  'outputs_bytes',
  'by_organisation',
  'origin',
  'has_ended',
  'cost_source',
  'repeated_use',
  'is_emptied',
  'sample_rate',
  'is_partial',
  'api_key_id',
] as const;

/** Columns of {@link EventHead}, in the order that {@link readHead} expects. */
export const headColumns = [
  'project_id',
  'session_id',
  'event_id',
  'version',
  'is_deleted',
  'start_time',
  'by_organisation',
  'origin',
] as const;

const hourMs = 3_600_000;

/** Second part of the sort key: which hour since the epoch. */
export const toHour = (epochMs: number): number => Math.floor(epochMs / hourMs);

const nullText = '\\N';

/** Only these have a meaning in TabSeparated. A carriage return before the end of a line counts as part of it. */
const special = /[\\\t\n\r]/;

/** Long texts are escaped in pieces: splitting them at once takes many times longer for each backslash. */
const pieceChars = 16_384;

/** Texts longer than this are encoded in turns of the event loop. */
const longChars = 256 * 1024;

/** `split` and `join` take half the time of `replaceAll`. */
const doubleBackslashes = (text: string): string => text.split('\\').join('\\\\');

function escapeBackslashes(text: string): string {
  if (text.length <= pieceChars) return doubleBackslashes(text);
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += pieceChars)
    pieces.push(doubleBackslashes(text.slice(start, start + pieceChars)));
  return pieces.join('');
}

function toField(text: string): string {
  if (!special.test(text)) return text;
  return escapeBackslashes(text)
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

const toNullableField = (text: string | null): string => (text === null ? nullText : toField(text));

const beyondInt64 = /\d{20}|-\d{19}/;

/**
 * JSON that the parser of the engine refuses as a whole, though it is valid: escapes of lone surrogates, and integers
 * beyond 64 bits. May say yes to text that is harmless, never no to text that is not.
 */
const isOddJson = (text: string): boolean => text.includes('\\ud') || beyondInt64.test(text);

/** Bytes of a bucket's text; 0 when there is nothing in it. */
const sizeOf = (text: string): number => (text === '{}' ? 0 : Buffer.byteLength(text));

/** TabSeparated bytes of the rows, in the order of {@link eventColumns}. */
export function encodeEvents(events: readonly StoredEvent[]): Buffer {
  let text = '';
  for (const event of events) text += `${encodeEvent(event)}\n`;
  return Buffer.from(text);
}

/** {@link encodeEvents} in turns of the event loop, about a millisecond for a turn and a hundred kilobytes. */
export async function encodeInTurns(events: readonly StoredEvent[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  let text = '';
  const endTurn = async (): Promise<void> => {
    parts.push(Buffer.from(text));
    text = '';
    await systemClock.nextTurn();
  };
  for (const event of events) {
    if (text.length > turnBytes) await endTurn();
    const cells = toCells(event);
    for (const [index, cell] of cells.entries()) {
      for (const piece of typeof cell === 'object' ? cutText(cell.text) : []) {
        text += toField(piece);
        await endTurn();
      }
      text += typeof cell === 'object' ? '' : cell;
      text += index === cells.length - 1 ? '\n' : '\t';
    }
  }
  parts.push(Buffer.from(text));
  return Buffer.concat(parts);
}

/** A text that is too long to be escaped in one turn. */
interface LongText {
  readonly text: string;
}

/** A long text in pieces, none of which ends within a pair of surrogates. */
function* cutText(text: string): Generator<string, void> {
  for (let start = 0; start < text.length;) {
    const code = text.charCodeAt(start + longChars - 1);
    const end = start + longChars + (code >= 0xd800 && code < 0xdc00 ? 1 : 0);
    yield text.slice(start, end);
    start = end;
  }
}

const encodeEvent = (event: StoredEvent): string =>
  toCells(event)
    .map((cell) => (typeof cell === 'object' ? toField(cell.text) : cell))
    .join('\t');

type Cell = string | number | LongText;

const toCell = (text: string): Cell => (text.length > longChars ? { text } : toField(text));

function toCells(event: StoredEvent): Cell[] {
  const { config, inputs, outputs, metadata, metrics, feedback, user_properties } = event;
  const buckets = [config, inputs, outputs, metadata, metrics, feedback, user_properties];
  const children = event.childrenIds.length === 0 ? '[]' : JSON.stringify(event.childrenIds);
  return [
    toField(event.projectId),
    toHour(event.startTime),
    toField(event.sessionId),
    toField(event.eventId),
    event.version,
    event.isDeleted ? 1 : 0,
    event.eventType,
    toField(event.eventName),
    toNullableField(event.parentId),
    toField(children),
    toField(event.source),
    event.error === null ? nullText : toCell(event.error),
    event.startTime,
    event.endTime,
    event.durationMs,
    event.promptTokens,
    event.completionTokens,
    event.totalTokens,
    event.costUsd,
    Math.trunc(event.createdAt),
    Math.trunc(event.updatedAt),
    ...buckets.map(toCell),
    buckets.some(isOddJson) ? 1 : 0,
    toField(event.inputPreview),
    toField(event.outputPreview),
    toField(event.model),
    toField(event.user),
    event.feedbackKind,
    sizeOf(inputs),
    sizeOf(outputs),
    event.isByOrganisation ? 1 : 0,
    toField(event.origin),
    event.hasEnded ? 1 : 0,
    event.costSource,
    event.repeatedUse,
    event.isEmptied ? 1 : 0,
    event.sampleRate,
    event.isPartial ? 1 : 0,
    event.apiKeyId,
  ];
}

/** One row of {@link eventColumns}. */
export function readEvent(cursor: RowBinaryCursor): StoredEvent {
  const projectId = cursor.string();
  cursor.int64();
  const event = {
    projectId,
    sessionId: cursor.string(),
    eventId: cursor.string(),
    version: cursor.uint64(),
    isDeleted: cursor.uint8() === 1,
    eventType: toEventType(cursor.string()),
    eventName: cursor.string(),
    parentId: cursor.nullableString(),
    childrenIds: toIds(cursor.string()),
    source: cursor.string(),
    error: cursor.nullableString(),
    startTime: cursor.float64(),
    endTime: cursor.float64(),
    durationMs: cursor.float64(),
    promptTokens: cursor.float64(),
    completionTokens: cursor.float64(),
    totalTokens: cursor.float64(),
    costUsd: cursor.float64(),
    createdAt: cursor.int64(),
    updatedAt: cursor.int64(),
    config: cursor.string(),
    inputs: cursor.string(),
    outputs: cursor.string(),
    metadata: cursor.string(),
    metrics: cursor.string(),
    feedback: cursor.string(),
    user_properties: cursor.string(),
  };
  cursor.uint8();
  const digest = readDigest(cursor);
  cursor.uint64();
  cursor.uint64();
  return {
    ...event,
    ...digest,
    isByOrganisation: cursor.uint8() === 1,
    origin: cursor.string(),
    hasEnded: cursor.uint8() === 1,
    costSource: toCostSource(cursor.string()),
    repeatedUse: cursor.uint8(),
    isEmptied: cursor.uint8() === 1,
    sampleRate: cursor.float64(),
    isPartial: cursor.uint8() === 1,
    apiKeyId: cursor.string(),
  };
}

const readDigest = (cursor: RowBinaryCursor): EventDigest => ({
  inputPreview: cursor.string(),
  outputPreview: cursor.string(),
  model: cursor.string(),
  user: cursor.string(),
  feedbackKind: toFeedbackKind(cursor.string()),
});

/** One row of {@link headColumns}. */
export const readHead = (cursor: RowBinaryCursor): EventHead => ({
  projectId: cursor.string(),
  sessionId: cursor.string(),
  eventId: cursor.string(),
  version: cursor.uint64(),
  isDeleted: cursor.uint8() === 1,
  startTime: cursor.float64(),
  isByOrganisation: cursor.uint8() === 1,
  origin: cursor.string(),
});

const eventTypes: Readonly<Record<string, EventType>> = {
  session: 'session',
  model: 'model',
  tool: 'tool',
  chain: 'chain',
};

export function toEventType(text: string): EventType {
  const type = eventTypes[text];
  if (type === undefined) throw new Error(`the store holds an unknown event type: ${text}`);
  return type;
}

const feedbackKinds: Readonly<Record<string, FeedbackKind>> = {
  up: 'up',
  down: 'down',
  note: 'note',
  score: 'score',
};

/** `''` for none, and for what a later version wrote. */
export const toFeedbackKind = (text: string): FeedbackKind | '' => feedbackKinds[text] ?? '';

/** `''` for none, and for what a later version wrote. */
export const toCostSource = (text: string): CostSource =>
  costSources.find((source) => source === text) ?? '';

function toIds(text: string): readonly string[] {
  if (text === '[]') return [];
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map(String) : [];
}
