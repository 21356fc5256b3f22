import {
  buildEvent,
  byLevel,
  call,
  createOperationCaller,
  faultOfErrorBody,
  fillPath,
  startService,
} from 'honeyhive-testkit';
import type { Answer } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { Zstd } from '@hpcc-js/wasm-zstd';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { findAcknowledged, findLosses } from './intact.ts';
import { spoil, spoilable } from './malformed-body.ts';
import type { MalformedRequest } from './malformed-body.ts';
import { createRandom } from './random.ts';

const malformedCount = byLevel({ short: 400, full: 2_000 });
const zstd = await Zstd.load();
const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const api = createOperationCaller(service);
afterAll(() => service.stop());

const send = (request: MalformedRequest): Promise<Answer> => {
  const { method }: Operation = operations[request.id];
  return call(service, `${method} ${fillPath(request.path, request.params)}`, {
    raw: request.bytes,
    headers: request.headers,
  });
};

/** Whether an error tells a caller where to look. */
function isHelpful(body: unknown): boolean {
  const {
    message,
    issues = [],
    errorCode,
  } = body as {
    message: string;
    issues?: { field: string }[];
    errorCode: string;
  };
  const isAboutTheWhole = errorCode === 'not_found' || errorCode === 'conflict';
  return message.length > 10 && (isAboutTheWhole || issues.some(({ field }) => field !== ''));
}

async function judgeStored(request: MalformedRequest, answer: Answer): Promise<string[]> {
  const losses: string[] = [];
  for (const { event_id, sent } of findAcknowledged(request, answer.body)) {
    const stored = await api.send('getEvent', { params: { event_id } });
    if (stored.status !== 200) losses.push(`${event_id} was acknowledged, then ${stored.status}`);
    else losses.push(...findLosses(sent, (stored.body as Stored).event));
  }
  return losses;
}

interface Stored {
  readonly event: Readonly<Record<string, unknown>>;
}

/** What is wrong with the way a malformed request was answered. */
async function judge(request: MalformedRequest): Promise<string[]> {
  const answer = await send(request);
  if (answer.status === 200) {
    return answer.body === undefined ? ['200 without JSON'] : judgeStored(request, answer);
  }
  if (answer.status < 400 || answer.status >= 500)
    return [`${answer.status} ${answer.text.slice(0, 300)}`];
  const fault = faultOfErrorBody(answer.status, answer.body);
  if (fault !== null) return [`${fault}: ${answer.text.slice(0, 300)}`];
  return isHelpful(answer.body) ? [] : [`names no field: ${answer.text.slice(0, 300)}`];
}

async function judgeAll(requests: readonly MalformedRequest[]): Promise<string[]> {
  const waiting = [...requests.entries()];
  const faults: string[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, request] = next;
      const found = await judge(request).catch((error: unknown) => [`no answer: ${String(error)}`]);
      const shown = `#${index} ${request.id} with ${request.how}: ${request.bytes.toString('utf8').slice(0, 400)}`;
      faults.push(...found.map((fault) => `${fault}\n  ${shown}`));
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return faults;
}

test('there is a body to spoil for every operation that takes one', () => {
  const withBody = Object.values(operations).filter(
    (operation: Operation) => operation.body !== undefined,
  );

  expect(spoilable.toSorted()).toEqual(withBody.map(({ id }) => id).toSorted());
});

test(
  `${malformedCount} malformed bodies cause no 5xx and no loss, and each refusal says where`,
  { timeout: 180_000 },
  async () => {
    await api.ok('createProject', { body: { name: 'odd' } });
    const random = createRandom(20_261_122);
    const requests = Array.from({ length: malformedCount }, () => spoil(random));

    const faults = await judgeAll(requests);

    expect(faults).toEqual([]);
  },
);

const megabytes = (count: number) => 'x'.repeat(count * 1024 * 1024);

test.each([
  ['inputs', { text: megabytes(10) }],
  ['outputs', megabytes(10)],
  ['metadata', { [megabytes(2)]: 1 }],
  ['error', megabytes(10)],
])('keeps %s of many megabytes', async (field, value) => {
  const event = buildEvent({ [field]: value });

  await api.ok('createEvent', { body: { event } });
  const stored = await api.ok('getEvent', { params: { event_id: event.event_id } });

  const kept = field === 'outputs' ? { value } : value;
  const { [field]: read }: Readonly<Record<string, unknown>> = stored.event;
  expect(JSON.stringify(read) === JSON.stringify(kept)).toBe(true);
});

test.each([
  'event_name',
  'event_id',
  'session_id',
  'source',
  'project',
  'event_type',
  'start_time',
])('refuses a %s of 10 MB without sending it back', async (field) => {
  const refusal = await api.refused('createEvent', 400, {
    body: { event: buildEvent({ [field]: megabytes(10) }) },
  });

  expect(refusal.issues?.[0]?.field).toContain(field);
  expect(JSON.stringify(refusal).length).toBeLessThan(5000);
});

test.each([
  ['gzip', gzipSync],
  [
    'br',
    (bytes: Buffer) =>
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  ],
  ['zstd', (bytes: Buffer) => Buffer.from(zstd.compress(bytes))],
])('refuses a %s bomb', async (encoding, encode) => {
  const bomb = encode(Buffer.alloc(200 * 1024 * 1024, ' '));

  const answer = await call(service, 'POST /events', {
    raw: bomb,
    headers: { 'content-encoding': encoding },
  });

  expect(answer).toMatchObject({ status: 413, body: { errorCode: 'too_large' } });
});

test.each(['session', 'event', 'model_event', 'project'])(
  'refuses an abyss in the JSON text of `%s`, and infinity in it',
  async (wrapper) => {
    const paths = {
      session: '/session/start',
      event: '/events',
      model_event: '/events/model',
      project: '/projects',
    };
    const send = (inner: string) =>
      call(service, `POST ${paths[wrapper as keyof typeof paths]}`, { body: { [wrapper]: inner } });

    const abyss = await send(`{"inputs":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    const infinity = await send('{"inputs":{"a":1e999}}');

    expect([abyss, infinity].map(({ status }) => status)).toEqual([400, 400]);
    expect(infinity.body).toMatchObject({ issues: [{ field: `${wrapper}.inputs.a` }] });
  },
);

const half = String.raw`\ud83d`;

test('refuses half a surrogate pair in an id, keeps it in a bucket, and replaces it in a name', async () => {
  const event_id = randomUUID();
  const send = (fields: string) =>
    call(service, 'POST /events', { raw: `{"event":{"event_type":"tool",${fields}}}` });

  const refused = [
    await send(`"event_id":"a${half}"`),
    await send(`"session_id":"a${half}"`),
    await send(`"parent_id":"a${half}"`),
  ];
  const kept = await send(
    `"event_id":"${event_id}","event_name":"a${half}","inputs":{"${half}":"${half}"}`,
  );
  const read = await api.send('getEvent', { params: { event_id } });

  expect([...refused, kept].map(({ status }) => status)).toEqual([400, 400, 400, 200]);
  expect(kept.body).toMatchObject({ event_name: 'a\uFFFD' });
  expect(read.text).toContain(`"inputs":{"${half}":"${half}"}`);
  expect(read.body).toMatchObject({ event_name: 'a\uFFFD' });
});

test('keeps `__proto__`, `constructor` and similar as data', async () => {
  const event_id = randomUUID();
  const text = `{"event":{"event_id":"${event_id}","event_type":"tool","__proto__":{"a":1},"constructor":{"b":2},"inputs":{"__proto__":{"polluted":1},"hasOwnProperty":1},"metadata":{"__proto__":{"polluted":2}}}}`;

  const created = await call(service, 'POST /events', { raw: text });
  const read = await api.send('getEvent', { params: { event_id } });

  expect(created.status).toBe(200);
  expect(read.text).toContain('"inputs":{"__proto__":{"polluted":1},"hasOwnProperty":1}');
  expect(read.text).toContain('"constructor":{"b":2}');
  expect(read.text).toContain('"__proto__":{');
});

test.each([
  ['exportEvents', { body: { page: Number.MAX_SAFE_INTEGER, limit: 7500 } }],
  ['exportEvents', { body: { offset: Number.MAX_SAFE_INTEGER } }],
  ['exportEvents', { raw: '{"offset":1e300}' }],
  ['searchEvents', { body: { page: Number.MAX_SAFE_INTEGER } }],
  ['listEvents', { query: { page: '99999999999999999999' } }],
  ['listEvents', { query: { offset: '-1' } }],
  ['listEvents', { query: { limit: '1e9' } }],
  ['listEvents', { query: { limit: 'NaN' } }],
  ['listEvents', { query: { 'dateRange[$gte]': '-1' } }],
  ['listEvents', { query: { dateRange: '[]' } }],
  ['listEvents', { query: { 'filters[0][field]': 'x' } }],
  ['listEvents', { query: { projections: '[[[]]]' } }],
  ['listEvents', { query: { ['metadata.'.padEnd(2000, 'x')]: '1' } }],
  ['listEvents', { query: { event_name: '\u0000' } }],
  ['listProjects', { query: { limit: '99999999999999999999' } }],
  ['getEventsChart', { query: { metric: 'metadata.a\u0000b', groupBy: "inputs.'" } }],
  ['getEventsChart', { query: { 'dateRange[$lte]': '8640000000000001' } }],
  ['getEvent', { params: { event_id: '\u0000' } }],
  ['getSession', { params: { session_id: `'; DROP TABLE events; --` } }],
  ['getProject', { params: { project_id: '../../etc/passwd' } }],
] as const)('answers an absurd %s without a 5xx: %j', async (id, input) => {
  const answer = await api.send(id, input);

  const fault = answer.status === 200 ? null : faultOfErrorBody(answer.status, answer.body);
  expect([answer.status < 500, answer.status < 500 || answer.text]).toEqual([true, true]);
  expect(fault).toBeNull();
});

test('is the same process afterwards, alive and ready', async () => {
  const readiness = await api.ok('getReadiness');

  expect(service.isRunning()).toBe(true);
  expect(() => process.kill(service.pid, 0)).not.toThrow();
  expect(readiness.status).toBe('ready');
});
