import {
  buildEvent,
  call,
  createOperationCaller,
  startFaultProxy,
  startService,
} from 'honeyhive-testkit';
import { once } from 'node:events';
import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';

const brokenConnection = /ECONNRESET|other side closed|terminated|socket hang up/;

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const proxy = await startFaultProxy(service.url);
const api = createOperationCaller(service);
const proxied = { url: proxy.url, key: service.key };
afterAll(async () => {
  await proxy.close();
  await service.stop();
});

test('an event whose answer was lost and that is sent again is one event', async () => {
  const session_id = randomUUID();
  const event = buildEvent({ session_id });
  proxy.script({ kind: 'drop-reply' }, { kind: 'truncate', bodyBytes: 3 }, { kind: 'pass' });

  const send = () => call(proxied, 'POST /events', { body: { event } });
  await expect(send()).rejects.toThrow(brokenConnection);
  await expect(send()).rejects.toThrow(brokenConnection);
  const third = await send();

  expect(third.status).toBe(200);
  expect((await api.ok('getSession', { params: { session_id } })).event_count).toBe(1);
});

test('a batch whose answer was lost and that is sent again is stored once', async () => {
  const session_id = randomUUID();
  const events = Array.from({ length: 50 }, () => buildEvent({ session_id }));
  proxy.script({ kind: 'drop-reply' });

  const send = () => call(proxied, 'POST /events/batch', { body: { events } });
  await expect(send()).rejects.toThrow(brokenConnection);
  const second = await send();

  expect(second).toMatchObject({ status: 200, body: { created_count: 50 } });
  expect((await api.ok('getSession', { params: { session_id } })).event_count).toBe(50);
});

test('an update whose answer was lost and that is sent again is applied once', async () => {
  const event = buildEvent({ metadata: { own: true } });
  await api.ok('createEvent', { body: { event } });
  proxy.script({ kind: 'drop-reply' });

  const body = { event_id: event.event_id, metadata: { a: 1 } };
  await expect(call(proxied, 'PUT /events', { body })).rejects.toThrow(brokenConnection);
  await call(proxied, 'PUT /events', { body });

  const stored = await api.ok('getEvent', { params: { event_id: event.event_id } });
  expect(stored.event.metadata).toEqual({ own: true, a: 1 });
});

test('a client that disconnects during its body leaves nothing behind', async () => {
  const event = buildEvent();
  const text = JSON.stringify({ event });
  const { hostname, port } = new URL(service.url);
  const head = [
    'POST /events HTTP/1.1',
    `host: ${hostname}`,
    `authorization: Bearer ${service.key}`,
    'content-type: application/json',
    `content-length: ${text.length}`,
  ].join('\r\n');

  for (const end of ['destroy', 'resetAndDestroy'] as const) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    await new Promise((resolve) => socket.write(`${head}\r\n\r\n${text.slice(0, -5)}`, resolve));
    socket[end]();
  }

  await api.refused('getEvent', 404, { params: { event_id: event.event_id } });
  expect((await api.ok('getReadiness')).queue.requests).toBe(0);
});

test('a client that sends garbage for HTTP is turned away, and others are served', async () => {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.end('\u0000\u0001 garbage\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];

  expect(answer.toString()).toMatch(/^HTTP\/1\.1 400/);
  expect((await api.ok('getHealth')).status).toBe('ok');
});
