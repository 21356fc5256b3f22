import { buildEvent } from 'honeyhive-testkit';
import { eventParts } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const event = buildEvent({
  event_id: `../a"b ${randomUUID()}`,
  inputs: { html: '<script>alert(1)</script>', big: 'ü'.repeat(1_000) },
  outputs: { answer: 42 },
  error: 'it broke',
});
await api.ok('createEvent', { body: event });

const get = (part: string, headers: Readonly<Record<string, string>> = {}, query = {}) =>
  api.send('exploreEventPart', { params: { event_id: event.event_id, part }, headers, query });

test.each(eventParts)('the part %s is its text, whole', async (part) => {
  const answer = await get(part);

  expect(answer.status).toBe(200);
  expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(answer.text));
  expect(answer.headers).toMatchObject({
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  });
  expect(answer.headers['content-disposition']).toBeUndefined();
});

test('a bucket is JSON, an error is plain text', async () => {
  const [inputs, error, whole] = [await get('inputs'), await get('error'), await get('event')];

  expect(inputs.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(inputs.text).toBe(JSON.stringify(event.inputs));
  expect(error.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(error.text).toBe('it broke');
  expect(whole.body).toMatchObject({ event_id: event.event_id, outputs: { answer: 42 } });
});

test('the ranges of a part are the part', async () => {
  const text = JSON.stringify(event.inputs);
  const bytes = Buffer.from(text);

  const head = await get('inputs', { range: 'bytes=0-9' });
  const tail = await get('inputs', { range: 'bytes=-2' });
  const rest = await get('inputs', { range: 'bytes=10-' });

  expect([head.status, tail.status, rest.status]).toEqual([206, 206, 206]);
  expect(head.headers['content-range']).toBe(`bytes 0-9/${bytes.length}`);
  expect(head.text).toBe(text.slice(0, 10));
  expect(tail.text).toBe(text.slice(-2));
  expect(head.text + rest.text).toBe(text);
});

test('a range of an event that changed meanwhile is all of it', async () => {
  const { headers } = await get('inputs');
  const etag = String(headers['etag']);

  const same = await get('inputs', { range: 'bytes=0-1', 'if-range': etag });
  const other = await get('inputs', { range: 'bytes=0-1', 'if-range': '"older"' });
  const known = await get('inputs', { 'if-none-match': etag });

  expect([same.status, other.status, known.status]).toEqual([206, 200, 304]);
});

test('a range beyond the end is answered 416 with the size', async () => {
  const answer = await get('outputs', { range: 'bytes=1000-' });

  expect(answer).toMatchObject({ status: 416, body: { errorCode: 'invalid_range' } });
  expect(answer.headers['content-range']).toBe('bytes */13');
});

test('a download has a name that is harmless', async () => {
  const answer = await get('inputs', {}, { download: '1' });

  expect(answer.headers['content-disposition']).toMatch(
    /^attachment; filename="[\w-]{1,64}-inputs\.json"$/,
  );
});

test('refuses an unknown part and names the known ones', async () => {
  const answer = await get('__proto__');

  expect(answer).toMatchObject({ status: 400, body: { issues: [{ field: 'part' }] } });
});

test('answers 404 for an event that does not exist', async () => {
  const params = { event_id: randomUUID(), part: 'inputs' };

  const refusal = await api.refused('exploreEventPart', 404, { params });

  expect(refusal.errorCode).toBe('not_found');
});
