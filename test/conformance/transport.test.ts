import { buildEvent, call, faultOfErrorBody } from 'honeyhive-testkit';
import { Zstd } from '@hpcc-js/wasm-zstd';
import { randomUUID } from 'node:crypto';
import { deflateRawSync, deflateSync, gzipSync, brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { textWith } from './matching.ts';
import { openProject } from './own-project.ts';

const zstd = await Zstd.load();
const { api, url, key } = await openProject();
const target = { url, key };

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', (text: string) => Buffer.from(zstd.compress(Buffer.from(text)))],
  ['identity', (text: string) => Buffer.from(text)],
])('takes a body with content-encoding %s', async (encoding, encode) => {
  const event = buildEvent({ inputs: { text: 'Grüße'.repeat(1000) } });

  const answer = await call(target, 'POST /events', {
    raw: encode(JSON.stringify({ event })),
    headers: { 'content-encoding': encoding },
  });
  const stored = await api.ok('getEvent', { params: { event_id: event.event_id } });

  expect(answer.status).toBe(200);
  expect(stored.event.inputs).toEqual(event.inputs);
});

test.each([5, 5_000])(
  'takes a body that begins with a byte order mark, of %i events',
  async (count) => {
    const events = Array.from({ length: count }, () => buildEvent());

    const answer = await call(target, 'POST /events/batch', {
      raw: Buffer.from(`\uFEFF${JSON.stringify({ events })}`),
    });
    const spans = await call(target, 'POST /v1/traces', {
      raw: Buffer.from('\uFEFF{"resourceSpans":[]}'),
    });
    const nothing = await call(target, 'POST /events', { raw: Buffer.from('\uFEFF') });

    expect(answer).toMatchObject({ status: 200, body: { created_count: count } });
    expect(spans.status).toBe(200);
    expect(nothing).toMatchObject({ status: 400, body: { errorCode: 'invalid_json' } });
  },
);

test.each([undefined, 'application/json; charset=utf-8', 'text/plain', 'application/vnd.api+json'])(
  'takes JSON as content-type %s',
  async (contentType) => {
    const answer = await call(target, 'POST /events', {
      raw: Buffer.from(JSON.stringify({ event: buildEvent() })),
      headers: { 'content-type': contentType ?? 'application/json' },
    });

    expect(answer.status).toBe(200);
  },
);

test.each([
  [{ 'content-type': 'application/xml' }, 'content-type'],
  [{ 'content-type': 'multipart/form-data; boundary=x' }, 'content-type'],
  [{ 'content-encoding': 'compress' }, 'content-encoding'],
  [{ 'content-encoding': 'gzip, zstd' }, 'content-encoding'],
])('answers 415 to %j', async (headers, field) => {
  const answer = await call(target, 'POST /events', { raw: '{}', headers: { ...headers } });

  expect(answer).toMatchObject({
    status: 415,
    body: { errorCode: 'unsupported_media_type', issues: [{ field }] },
  });
  expect(faultOfErrorBody(415, answer.body)).toBeNull();
  if (field === 'content-encoding') {
    for (const name of ['identity', 'gzip', 'deflate', 'br', 'zstd'])
      expect(answer.text).toContain(name);
  }
});

test.each([
  ['GET', '/no/such/path', 404],
  ['POST', '/v2/events', 404],
  ['PATCH', '/events', 405],
  ['DELETE', '/session/start', 404],
  ['POST', '/health', 405],
  ['GET', '/session/%zz', 400],
  ['GET', `/session/${'x'.repeat(2000)}`, 400],
])('answers %s %s with %i in the shape of the contract', async (method, path, status) => {
  const answer = await call(target, `${method} ${path}`);

  expect([answer.status, faultOfErrorBody(status, answer.body)]).toEqual([status, null]);
});

test('a 405 lists the methods that there are', async () => {
  const answer = await call(target, 'PATCH /events');

  expect(String(answer.headers['allow']).split(/, */).toSorted()).toEqual(['GET', 'POST', 'PUT']);
});

test('every answer is JSON and carries its own request id', async () => {
  const answers = await Promise.all([
    call(target, 'GET /health'),
    call(target, 'GET /events'),
    call(target, `GET /session/${randomUUID()}`),
    call(target, 'GET /no/such/path'),
    call({ url }, 'GET /events'),
  ]);

  for (const { headers } of answers) expect(headers['content-type']).toMatch(/^application\/json/);
  const ids = answers.map(({ headers }) => headers['x-request-id']);
  expect(new Set(ids).size).toBe(answers.length);
  expect(ids).not.toContain(undefined);
});

test('describes itself at /openapi.json, without a key', async () => {
  const { status, body } = await call({ url }, 'GET /openapi.json');

  expect(status).toBe(200);
  expect(body).toMatchObject({
    openapi: textWith('3.1.'),
    paths: { '/session/start': { post: { operationId: 'startSession' } } },
  });
});

test('answers many requests on one connection in flight at once', async () => {
  const events = Array.from({ length: 200 }, () => buildEvent());

  const answers = await Promise.all(
    events.map((event) => call(target, 'POST /events', { body: { event } })),
  );

  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 200));
});
