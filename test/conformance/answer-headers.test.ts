import { buildEvent, call, createOperationCaller } from 'honeyhive-testkit';
import * as zlib from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';

const { url } = inject('service');
const { key, api } = await openProject();

test.each([
  'GET /health',
  'GET /ready',
  'GET /metrics',
  'GET /openapi.json',
  'GET /events',
  'GET /v1/keys',
  'GET /v1/projects',
  'POST /events',
  'POST /v1/explore/rows',
  'GET /session/nobody',
  'GET /nowhere',
  'PATCH /events',
  'GET /session/%zz',
  `GET /session/${'x'.repeat(2_100)}`,
  'GET /ui/session',
])('%s is kept by no cache, and is what it says it is', async (route) => {
  const body = route.startsWith('POST') ? { body: {} } : {};

  const { headers } = await call({ url, key }, route, body);

  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers['strict-transport-security']).toBeUndefined();
});

test('answers to senders say how bodies may be compressed, zstd where Node.js unpacks it', async () => {
  const sent = await call({ url, key }, 'POST /events/batch', { body: { events: [buildEvent()] } });
  const read = await call({ url, key }, 'GET /events', {});

  const names = ['gzip', 'deflate', 'br', ...('zstdDecompress' in zlib ? ['zstd'] : [])];
  expect(sent.headers['accept-encoding']).toBe(names.join(', '));
  expect(read.headers['accept-encoding']).toBeUndefined();
});

test('a new key is kept by no cache', async () => {
  const answer = await call({ url, key }, 'POST /v1/keys', {
    body: { name: 'cached?', access: 'read' },
  });

  expect(answer.text).toContain('hh_');
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('what may be kept says so itself: files of the UI, and parts of events', async () => {
  const page = await call({ url }, 'GET /');
  const again = await call({ url }, 'GET /', {
    headers: { 'if-none-match': String(page.headers['etag']) },
  });
  const [, file = ''] = /href="(\/assets\/[^"]+\.js)"/.exec(page.text) ?? [];
  const script = await call({ url }, `GET ${file}`);
  const { event_id } = await api.ok('createEvent', {
    body: { event: { event_type: 'tool', inputs: { a: 1 } } },
  });
  const person = createOperationCaller({ url, key });
  const part = await person.send('exploreEventPart', {
    params: { event_id, part: 'inputs' },
  });
  const samePart = await person.send('exploreEventPart', {
    params: { event_id, part: 'inputs' },
    headers: { 'if-none-match': String(part.headers['etag']) },
  });

  expect(page.headers['cache-control']).toBe('no-cache');
  expect(again.status).toBe(304);
  expect(script.headers['cache-control']).toContain('immutable');
  expect(part.headers['cache-control']).not.toBe('no-store');
  expect(samePart.status).toBe(304);
  for (const { headers } of [page, again, script, part, samePart])
    expect(headers['x-content-type-options']).toBe('nosniff');
});
