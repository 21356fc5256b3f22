import { parseInstant } from 'honeyhive-facts';
import type { JsonObject } from './json-text.ts';

/** Field of the metadata that has it. */
export const firstTokenField = 'time_to_first_token_ms';

/** Names of the time to the first token in milliseconds: of attributes, and of fields of metadata. */
const millisecondNames = [
  'ai.response.msToFirstChunk',
  'ai.response.msToFirstToken',
  'ai.stream.msToFirstChunk',
  'gen_ai.server.time_to_first_token',
  'ttft_ms',
  'msToFirstChunk',
  'msToFirstToken',
  'timeToFirstTokenMs',
  'time_to_first_chunk_ms',
] as const;

/** The same in seconds. */
const secondsNames = [
  'gen_ai.response.time_to_first_chunk',
  'gen_ai.client.operation.time_to_first_chunk',
  'gen_ai.response.time_to_first_token',
  'gen_ai.server.ttft',
] as const;
const isInSeconds: ReadonlySet<string> = new Set(secondsNames);

export const firstTokenNames = [...millisecondNames, ...secondsNames] as const;

/** Names of the moment at which the first token came. */
export const firstTokenMoments = [
  'langfuse.observation.completion_start_time',
  'completion_start_time',
  'completionStartTime',
  'first_token_time',
] as const;

const toNumber = (value: unknown): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
};

const toMicroseconds = (ms: number): number => Math.round(ms * 1e3) / 1e3;

/** Milliseconds of what stands under one of {@link firstTokenNames}. */
export function toFirstTokenMs(value: unknown, name: string): number | undefined {
  const number = toNumber(value);
  if (!Number.isFinite(number)) return undefined;
  return isInSeconds.has(name) ? toMicroseconds(number * 1e3) : number;
}

/** Milliseconds from the start of the step to the moment of its first token, epoch milliseconds or ISO-8601. */
export function untilFirstToken(moment: unknown, startTime: number): number | undefined {
  const isTime = typeof moment === 'number' || typeof moment === 'string';
  const ms = (isTime ? (parseInstant(moment) ?? Number.NaN) : Number.NaN) - startTime;
  return ms >= 0 ? toMicroseconds(ms) : undefined;
}

/** Metadata with the time to the first token under its own name, if it is there under another one. */
export function withFirstToken(metadata: JsonObject, startTime: number): JsonObject {
  if (metadata[firstTokenField] !== undefined) return metadata;
  const ms = readFirstToken(metadata, startTime);
  return ms === undefined ? metadata : { ...metadata, [firstTokenField]: ms };
}

function readFirstToken(metadata: JsonObject, startTime: number): number | undefined {
  for (const name of firstTokenNames) {
    const ms = metadata[name] === undefined ? undefined : toFirstTokenMs(metadata[name], name);
    if (ms !== undefined) return ms;
  }
  for (const name of firstTokenMoments) {
    const ms = untilFirstToken(metadata[name], startTime);
    if (ms !== undefined) return ms;
  }
  return undefined;
}
