import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { HoneyHive } from 'honeyhive';
import { expect, onTestFinished, test } from 'vitest';
import { apiKey, failureOf, openClient, reply, stall, stored } from './open-client.ts';

const ok = reply(200, stored);
/** Answers once the other calls of the burst have their connections. */
const soon: typeof ok = (...exchange) => setImmediate(() => ok(...exchange));

test('maxConnections: is how many are open at once; further calls wait', async () => {
  await using opened = await openClient({ maxConnections: 2 }, soon);
  const calls = Array.from({ length: 20 }, () => opened.client.createSession());

  await opened.server.waitForRequests(10);
  expect(opened.server.openConnections()).toBe(2);
  await Promise.all(calls);

  expect(opened.server.arrived).toHaveLength(20);
});

test.each(['maxKeepalive', 'maxKeepaliveConnections'])(
  '%s: is how many are kept open when idle',
  async (name) => {
    await using opened = await openClient({ maxConnections: 8, [name]: 1 }, soon);

    await Promise.all(Array.from({ length: 20 }, () => opened.client.createSession()));

    await expect.poll(() => opened.server.openConnections()).toBe(1);
  },
);

test('keepaliveExpiry: is how long an idle one is kept, in seconds', async () => {
  await using opened = await openClient({ keepaliveExpiry: 0.02 }, ok);

  await opened.client.createSession();

  await expect.poll(() => opened.server.openConnections()).toBe(0);
});

/** The address of a server that accepts connections and takes nothing from them. */
async function startDeafServer(): Promise<string> {
  const server = createServer((socket) => {
    socket.pause();
    socket.on('error', () => socket.destroy());
    onTestFinished(() => void socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('connectionTimeout: bounds the time to connect, the TLS handshake included', async () => {
  const baseUrl = `https://${await startDeafServer()}`;
  await using client = new HoneyHive({ apiKey, baseUrl, connectionTimeout: 0.1, maxRetries: 0 });

  expect(await failureOf(client.createSession())).toMatchObject({ which: 'connect' });
});

test('writeTimeout: bounds the wait for the network to take more of the request', async () => {
  const baseUrl = `http://${await startDeafServer()}`;
  await using client = new HoneyHive({ apiKey, baseUrl, writeTimeout: 0.2, maxRetries: 0 });
  const inputs = { text: 'x'.repeat(32 * 1024 * 1024) };

  const error = await failureOf(client.createSession({ inputs }));

  expect(error).toMatchObject({ which: 'write', limitMs: 200 });
});

test('a stalled call does not hold back the others', async () => {
  await using opened = await openClient({ maxConnections: 2, timeout: 3 }, stall, ok);

  const stalled = failureOf(opened.client.createSession());
  await opened.server.waitForRequests(1);
  await opened.client.createSession();

  expect(await stalled).toMatchObject({ which: 'total' });
});
