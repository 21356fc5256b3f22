import { derivedId } from '../domain/ids.ts';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { answers, commonRows, modelRows, toolInputs, toolOutputs, toolRows } from './agent-rows.ts';
import { readAgentUsage } from './agent-usage.ts';
import { Attributes, fromJson, toNumber, toText } from './attributes.ts';
import { emptyBuckets, readFields } from './fields.ts';
import type { Buckets } from './fields.ts';
import type { LogRecord } from './log-record.ts';
import { putPayload } from './payload.ts';
import { eventOfSpan, toId } from './span-ids.ts';

/** Coding agents whose log records are steps of a session, by the prefix of their events. */
const agents: Readonly<Record<string, string>> = {
  claude_code: 'Claude Code',
  codex: 'Codex',
  gemini_cli: 'Gemini CLI',
};

/** A step of a coding agent, as an event to be stored. */
export interface AgentStep {
  readonly event: JsonObject & { readonly session_id: string; readonly start_time: number };
  /** What the session is called. */
  readonly agent: string;
}

const parse = (name: string): readonly [agent: string, action: string] | null => {
  const dot = name.indexOf('.');
  const agent = agents[name.slice(0, Math.max(0, dot))];
  return agent === undefined ? null : [agent, name.slice(dot + 1)];
};

/** Whether records of the name are steps of a coding agent. */
export const isAgentStep = (name: string): boolean => parse(name) !== null;

/** A record of a coding agent as an event; a text with the reason if it cannot be one. */
export function toAgentStep(record: LogRecord, now: number): AgentStep | string {
  const [agent, action] = parse(record.name) ?? ['', ''];
  const attributes = new Attributes(record.attributes);
  const session = readSession(record);
  if (session === undefined) return 'no session.id or conversation.id';
  const kind = kindOf(record.name, action, attributes);
  if (kind === null) return 'parts of a streamed answer are not stored one by one';
  const buckets = emptyBuckets();
  readFields(commonRows, attributes, buckets);
  readKind[kind](attributes, buckets, agent);
  const error = readError(action, attributes);
  return {
    agent,
    event: {
      event_id: derivedId(JSON.stringify(['log', session, record])),
      session_id: session,
      parent_id: parentOf(record) ?? session,
      event_type: kind === 'model' || kind === 'tool' ? kind : 'chain',
      event_name: nameOf(kind, buckets) ?? action,
      ...timesOf(attributes, record.time ?? now),
      ...(error === undefined ? {} : { error }),
      ...placesOf(record),
      ...buckets,
      metadata: { ...attributes.rest(), ...factsOf(record), ...buckets.metadata },
    },
  };
}

const nameOf = (kind: Kind, { metadata }: Buckets): string | undefined =>
  kind === 'tool' ? toText(metadata['tool_name']) : undefined;

/** A record is written when its step has ended. */
function timesOf(attributes: Attributes, end: number) {
  const duration = attributes.takeFirst(['duration_ms'], toNumber) ?? 0;
  const start = Math.max(0, end - duration);
  return { start_time: start, end_time: end, duration: end - start };
}

const sessionKeys = ['session.id', 'conversation.id'];

function readSession({ attributes, resource }: LogRecord): string | undefined {
  const id = sessionKeys.map((key) => toText(attributes[key]) ?? toText(resource[key]));
  const sent = id.find((each) => each !== undefined);
  return sent === undefined ? undefined : toId('session', sent);
}

const parentOf = ({ traceId, spanId }: LogRecord): string | null =>
  traceId === null || spanId === null ? null : eventOfSpan(traceId, spanId);

function placesOf({ attributes, resource }: LogRecord): JsonObject {
  const find = (...keys: string[]) =>
    keys.map((key) => toText(attributes[key]) ?? toText(resource[key])).find(Boolean);
  const project = find('honeyhive.project');
  const source = find('honeyhive.source', 'deployment.environment.name', 'deployment.environment');
  return { ...(project ? { project } : {}), ...(source ? { source } : {}) };
}

function factsOf({ name, body, resource, scope, traceId, spanId }: LogRecord): JsonObject {
  return {
    'event.name': name,
    ...(typeof body === 'string' && body !== '' && body !== name ? { body } : {}),
    ...(isJsonObject(body) ? { body } : {}),
    ...(traceId === null ? {} : { trace_id: traceId }),
    ...(spanId === null ? {} : { span_id: spanId }),
    ...(Object.keys(resource).length === 0 ? {} : { resource }),
    ...(Object.keys(scope).length === 0 ? {} : { scope }),
  };
}

type Kind = 'prompt' | 'answer' | 'model' | 'tool' | 'other';

const kinds: Readonly<Record<string, Kind>> = {
  user_prompt: 'prompt',
  assistant_response: 'answer',
  api_response: 'model',
  api_error: 'model',
  api_refusal: 'model',
  tool_result: 'tool',
  tool_call: 'tool',
  'claude_code.api_request': 'model',
};

/** null for what is not stored. */
function kindOf(name: string, action: string, attributes: Attributes): Kind | null {
  if (name === 'codex.sse_event' || name === 'codex.websocket_event') {
    const isEnd = attributes.peek('event.kind') === 'response.completed';
    return isEnd || attributes.has('error.message') ? 'model' : null;
  }
  return kinds[name] ?? kinds[action] ?? 'other';
}

type ReadKind = (attributes: Attributes, buckets: Buckets, agent: string) => void;

const readKind: Readonly<Record<Kind, ReadKind>> = {
  prompt: (attributes, { inputs }) => {
    const prompt = attributes.takeFirst(['prompt'], toSaid);
    if (prompt !== undefined) inputs['chat_history'] = [{ role: 'user', content: prompt }];
  },
  answer: readAnswer,
  model: (attributes, buckets, agent) => {
    readAgentUsage(agent, attributes, buckets.metadata);
    readFields(modelRows, attributes, buckets);
    readAnswer(attributes, buckets);
  },
  tool: (attributes, buckets) => {
    readFields(toolRows, attributes, buckets);
    takeValue(attributes, toolInputs, buckets.inputs);
    takeValue(attributes, toolOutputs, buckets.outputs);
  },
  other: () => undefined,
};

/** A text that its sender did not redact. */
const toSaid = (value: unknown): string | undefined => {
  const text = toText(value);
  return text !== undefined && /^\W?REDACTED\W?$/i.test(text) ? undefined : text;
};

function readAnswer(attributes: Attributes, { outputs }: Buckets): void {
  const answer = fromJson(attributes.takeFirst(answers, toSaid));
  if (answer === undefined) return;
  putPayload(outputs, typeof answer === 'string' ? { role: 'assistant', content: answer } : answer);
}

function takeValue(
  attributes: Attributes,
  names: readonly string[],
  bucket: Record<string, unknown>,
): void {
  const value = attributes.takeFirst(names, (each) => fromJson(each) ?? undefined);
  if (value !== undefined) putPayload(bucket, value);
}

const isFalse = (value: unknown): boolean => value === false || value === 'false';

/** Why a step failed; undefined if it did not. The attributes stay. */
function readError(action: string, attributes: Attributes): string | undefined {
  const status = attributes.peekFirst(['status_code', 'http.response.status_code'], toNumber);
  const isFailed =
    action === 'api_error' ||
    isFalse(attributes.peek('success')) ||
    attributes.has('error.message') ||
    (status ?? 0) >= 400;
  if (!isFailed) return undefined;
  const names = ['error.message', 'error', 'error_type', 'error.type'];
  const text = attributes.peekFirst(names, toText);
  return text ?? (status === undefined ? 'failed' : `HTTP ${status}`);
}
