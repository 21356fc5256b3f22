import { buildEvent, buildSession } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import type { OperationId } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { Zstd } from '@hpcc-js/wasm-zstd';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { slowCalls } from './alert-attempts.ts';
import { exploreBodies } from './explore-bodies.ts';
import { Pairs, RawJson, writeJson } from './json-text.ts';
import { buildExport, buildLogs, buildRecord, buildSpan } from './otlp/spans.ts';
import { abysses, brokenValues, oddValues } from './nasty-values.ts';
import type { Random } from './random.ts';

const zstd = await Zstd.load();

/** A request that nobody should send. */
export interface MalformedRequest {
  readonly id: OperationId;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** How it was made. */
  readonly how: string;
}

type Json = Record<string, unknown>;

const event = (): Json => ({
  ...buildEvent(),
  session_id: randomUUID(),
  parent_id: 'p',
  children_ids: ['c'],
  source: 'dev',
  error: 'e',
  start_time: 1_760_000_000_000,
  end_time: 1_760_000_001_000,
  duration: 1000,
  config: { model: 'm' },
  outputs: { text: 't' },
  metadata: { cost: 1 },
  metrics: { score: 1 },
  feedback: { rating: 1 },
  user_properties: { user_id: 'u' },
});
const session = (): Json => ({
  ...buildSession(),
  source: 'dev',
  inputs: { a: 1 },
  metadata: { b: 2 },
});
const model = (): Json => ({
  ...event(),
  model: 'm',
  messages: [{ role: 'user' }],
  response: {},
  usage: {},
});
const patch = (): Json => ({
  metadata: { a: 1 },
  outputs: { b: 2 },
  duration: 3,
  children_ids: ['c'],
});
const project = (): Json => ({
  name: `odd ${randomUUID()}`,
  description: 'd',
  type: 'evaluation',
  team: 't',
});
const query = (): Json => ({
  filters: [{ field: 'metadata.cost', operator: 'is', value: 1, type: 'number' }],
  limit: 10,
  page: 1,
  evaluation_id: 'run',
});

const fullAlert = (): Json => ({
  ...slowCalls,
  description: 'd',
  filters: query()['filters'],
  group_by: 'model',
  timezone: 'Europe/Berlin',
  conditions: { match: 'all', of: [{ aggregation: 'COUNT', operator: 'greater_than', value: 9 }] },
  renotify_minutes: 60,
  destination_ids: [],
  notification_details: { critical: { channel: 'EMAIL', metadata: { to: 'x' }, user_ids: ['u'] } },
  muted_until: '2026-01-01',
});

/** A right body for each operation that takes one, to be spoilt. */
const bodies = {
  startSession: () => ({ session: session() }),
  createSession: session,
  addSessionTraces: () => ({ events: [event()] }),
  addSessionEvents: () => ({ events: [event()] }),
  createEvent: () => ({ event: event() }),
  createEventStrict: event,
  updateEvent: () => ({ event_id: 'an event', ...patch() }),
  updateEventById: patch,
  exportEvents: () => ({
    ...query(),
    dateRange: { $gte: 0, $lte: '2026-01-01' },
    projections: ['a.b'],
  }),
  searchEvents: () => ({
    ...query(),
    dateRange: { start_time: '2025-01-01', end_time: '2026-01-01' },
  }),
  createEventBatch: () => ({
    events: [event(), event()],
    is_single_session: true,
    session: session(),
  }),
  createEventBatchStrict: () => ({
    events: [event()],
    single_session: false,
    session_properties: session(),
  }),
  createModelEvent: () => ({ model_event: model() }),
  createModelEventBatch: () => ({ model_events: [model()] }),
  exportTraces: () =>
    buildExport([buildSpan({ 'gen_ai.request.model': 'm', a: [1, 'b', { c: 2.5 }] })]),
  exportLogs: () =>
    buildLogs([buildRecord('codex.user_prompt', { 'conversation.id': 'c', prompt: 'hi' })]),
  exportMetrics: () => ({
    resourceMetrics: [
      { scopeMetrics: [{ metrics: [{ name: 'calls', sum: { dataPoints: [{ asInt: '1' }] } }] }] },
    ],
  }),
  createAlertDestination: () => ({
    kind: 'webhook',
    name: `odd ${randomUUID()}`,
    url: 'https://hooks.example.com/x',
  }),
  updateAlertDestination: () => ({
    name: `odd ${randomUUID()}`,
    url: 'https://hooks.example.com/x',
    rotate_secret: true,
  }),
  createProject: project,
  updateProject: () => ({ ...project(), name: 'odd', new_name: 'odd', project_id: 'odd' }),
  updateProjectById: project,
  createWorkspaceProject: project,
  updateProjectRecord: project,
  updateProjectSettings: () => ({
    sampling_rate: 1,
    retention_days: 3,
    alert_thresholds: { error_rate: 0.5 },
  }),
  createAlert: fullAlert,
  saveAlert: fullAlert,
  backtestAlert: fullAlert,
  updateAlert: () => ({ ...fullAlert(), status: 'RESOLVED' }),
  signIn: () => ({ api_key: 'hh_nobody' }),
  signInWithCode: () => ({ code: 'guessed' }),
  ...exploreBodies,
} as const satisfies Partial<Record<OperationId, () => Json>>;

/** Ids of the operations that {@link spoil} has bodies for. */
export const spoilable = Object.keys(bodies) as readonly (keyof typeof bodies)[];

/** The value with one place in it, chosen at random, taken by another value. */
function replaceSomewhere(value: unknown, other: unknown, random: Random): unknown {
  const isBranch = typeof value === 'object' && value !== null && !(value instanceof RawJson);
  if (!isBranch || random.oneIn(6)) return other;
  if (Array.isArray(value)) {
    const at = random.below(value.length + 1);
    return value.toSpliced(at, 1, replaceSomewhere(value[at], other, random));
  }
  const entries: readonly (readonly [string, unknown])[] =
    value instanceof Pairs ? value.list : Object.entries(value);
  const names = [...entries.map(([name]) => name), 'extra'];
  const key = random.pick(random.oneIn(5) ? strangeKeys : names);
  const before = entries.find(([name]) => name === key)?.[1];
  const isTwice = random.oneIn(10);
  const rest = entries.filter(([name]) => name !== key || isTwice);
  return new Pairs([...rest, [key, replaceSomewhere(before, other, random)]]);
}

const strangeKeys = [
  '__proto__',
  'constructor',
  'prototype',
  '',
  'a.b',
  '\u0000',
  'ключ',
  'event',
  'session',
];

/** Ways to spoil bytes; each gives the bytes and the headers to send them with. */
const byteFaults: Readonly<
  Record<string, (bytes: Buffer, random: Random) => [Buffer, Readonly<Record<string, string>>?]>
> = {
  truncated: (bytes, random) => [bytes.subarray(0, random.below(bytes.length))],
  'bad UTF-8': (bytes, random) => {
    const at = random.below(bytes.length);
    const bad = random.pick(['ff', 'c0af', '80', 'eda080', 'f5808080', 'e282']);
    return [Buffer.concat([bytes.subarray(0, at), Buffer.from(bad, 'hex'), bytes.subarray(at)])];
  },
  'UTF-16': (bytes) => [Buffer.from(bytes.toString('utf8'), 'utf16le')],
  'byte order mark': (bytes) => [Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes])],
  'a NUL behind it': (bytes) => [Buffer.concat([bytes, Buffer.alloc(1)])],
  'two documents': (bytes) => [Buffer.concat([bytes, bytes])],
  empty: () => [Buffer.alloc(0)],
  'only white space': () => [Buffer.from(' \n\t')],
  'truncated gzip': (bytes, random) => {
    const packed = gzipSync(bytes);
    return [packed.subarray(0, random.below(packed.length)), { 'content-encoding': 'gzip' }];
  },
  'corrupt gzip': (bytes, random) => {
    const packed = gzipSync(bytes);
    const at = 10 + random.below(packed.length - 10);
    packed[at] = (packed[at] ?? 0) ^ 0xff;
    return [packed, { 'content-encoding': 'gzip' }];
  },
  'truncated deflate': (bytes, random) => {
    const packed = deflateSync(bytes);
    return [packed.subarray(0, random.below(packed.length)), { 'content-encoding': 'deflate' }];
  },
  'truncated br': (bytes, random) => {
    const packed = brotliCompressSync(bytes);
    return [packed.subarray(0, random.below(packed.length)), { 'content-encoding': 'br' }];
  },
  'truncated zstd': (bytes, random) => {
    const packed = Buffer.from(zstd.compress(bytes));
    return [packed.subarray(0, random.below(packed.length)), { 'content-encoding': 'zstd' }];
  },
  'plain that claims to be compressed': (bytes, random) => [
    bytes,
    { 'content-encoding': random.pick(['gzip', 'deflate', 'br', 'zstd']) },
  ],
  'gzip in gzip': (bytes) => [gzipSync(gzipSync(bytes)), { 'content-encoding': 'gzip' }],
  'unknown encoding': (bytes, random) => [
    bytes,
    { 'content-encoding': random.pick(['snappy', 'compress', 'gzip, gzip', '\u00a0']) },
  ],
  'wrong content-type': (bytes, random) => [
    bytes,
    {
      'content-type': random.pick([
        'application/xml',
        'multipart/form-data',
        'image/png',
        '/',
        'json',
      ]),
    },
  ],
};

const roots = ['[]', '[{}]', '{}', 'null', 'true', '5', '"text"', '[[[]]]', '{"events":{}}', '""'];

/** The body as JSON text, spoilt, and how. */
function spoilText(base: Json, random: Random): [string, string] {
  const spoilWith = (values: readonly unknown[], value: unknown = base) =>
    replaceSomewhere(value, random.pick(values), random);
  const chance = random.below(40);
  if (chance < 2) return ['another root', random.pick(roots)];
  if (chance < 6) return ['no JSON inside', writeJson(spoilWith(brokenValues))];
  if (chance < 8) {
    const [wrapper = 'event', inner] = Object.entries(base)[0] ?? [];
    const values = random.oneIn(8) ? abysses : oddValues;
    return [
      'an odd value in JSON text',
      writeJson({ [wrapper]: writeJson(spoilWith(values, inner)) }),
    ];
  }
  if (chance === 8) return ['an abyss', writeJson(spoilWith(abysses))];
  if (chance < 28) return ['an odd value', writeJson(spoilWith(oddValues))];
  return ['two odd values', writeJson(spoilWith(oddValues, spoilWith(oddValues)))];
}

/** The next malformed request. The same numbers give the same request, but for the ids in it. */
export function spoil(random: Random): MalformedRequest {
  const id = random.pick(spoilable);
  const base = bodies[id]();
  const where = {
    id,
    path: random.pick<string>(operations[id].paths),
    params: {
      session_id: randomUUID(),
      event_id: random.pick(['an event', randomUUID()]),
      project_id: 'odd',
      view_id: 'odd',
      alert_id: 'odd',
      destination_id: 'odd',
      key_id: 'odd',
      workspace_id: 'default',
    },
  };
  if (!random.oneIn(5)) {
    const [how, text] = spoilText(base, random);
    return { ...where, how, bytes: Buffer.from(text), headers: {} };
  }
  const [how, fault] = random.pick(Object.entries(byteFaults));
  const [bytes, headers = {}] = fault(Buffer.from(writeJson(base)), random);
  return { ...where, how, bytes, headers };
}
