import { call, createKey, startService } from 'honeyhive-testkit';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, afterEach, expect, test } from 'vitest';

const MiB = 1024 ** 2;
const service = await startService({
  // The memory for bodies is four of the largest body then, and half of it for one key.
  env: { HH_LOG_LEVEL: 'warn', HH_MAX_BODY_BYTES: String(MiB), HH_MAX_BODIES_BYTES: String(MiB) },
});
afterAll(() => service.stop());

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

/** A request whose body does not come, or not all of it. */
function begin(route: string, headers: Readonly<Record<string, string>>) {
  const { hostname, port, host } = new URL(service.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  open.push(socket);
  let answer = '';
  socket.on('data', (text: string) => (answer += text)).on('error', () => undefined);
  const head = Object.entries({ host, 'content-type': 'application/json', ...headers });
  socket.write(
    `${route} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  const closed = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(answer));
  });
  return { socket, closed };
}

const withKey = (key: string, bytes: number) => ({
  authorization: `Bearer ${key}`,
  'content-length': String(bytes),
});

async function readHeldBytes(): Promise<number> {
  const { text } = await call(service, 'GET /metrics');
  return Number(/^honeyhive_bodies_bytes (\d+)$/m.exec(text)?.[1]);
}

test('a body that needs no key times out after seconds, with 408, and so is the rest of a refused one', async () => {
  const keyless = begin('POST /ui/session', { 'content-length': '100' });
  keyless.socket.write('{"api_key":');
  const refused = begin('POST /events', { 'content-length': '100' });

  const [answer, refusal] = await Promise.all([keyless.closed, refused.closed]);

  expect(answer).toContain('HTTP/1.1 408 ');
  expect(answer).toContain('"errorCode":"request_timeout"');
  expect(refusal).toContain('HTTP/1.1 401 ');
});

test('bodies that break off, come in chunks or are refused hold nothing afterwards', async () => {
  const announced = begin('POST /events', withKey(service.key, 500_000));
  const chunked = begin('POST /events', {
    authorization: `Bearer ${service.key}`,
    'transfer-encoding': 'chunked',
  });
  chunked.socket.write(`${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`);
  await expect.poll(readHeldBytes).toBe(600_000);

  announced.socket.destroy();
  chunked.socket.destroy();
  for (const raw of ['{', '{"event":1}', '', '[1e999]'])
    await call(service, 'POST /events', { raw });

  await expect.poll(readHeldBytes).toBe(0);
});

test('one key gets 429 for bodies beyond its share, and takes nothing from others', async () => {
  const other = await createKey(service.dataDir);
  begin('POST /events', withKey(service.key, MiB - 1000));
  begin('POST /events', withKey(service.key, MiB - 1000));
  await expect.poll(readHeldBytes).toBe(2 * (MiB - 1000));
  const body = { event: { event_type: 'tool', inputs: { text: 'x'.repeat(5_000) } } };

  const mine = await call(service, 'POST /events', { body });
  const theirs = await call(service, 'POST /events', { body, key: other.key });

  expect(mine).toMatchObject({ status: 429, body: { errorCode: 'rate_limited' } });
  expect(mine.headers['retry-after']).toBe('1');
  expect(theirs.status).toBe(200);
});

test('everybody gets 503 when the memory for bodies is full', async () => {
  const others = [await createKey(service.dataDir), await createKey(service.dataDir)];
  for (const { key } of [...others, ...others]) begin('POST /events', withKey(key, MiB - 100));
  await expect.poll(readHeldBytes).toBe(4 * (MiB - 100));

  const { status, headers, body } = await call(service, 'POST /events', { raw: 'x'.repeat(5_000) });

  expect([status, headers['retry-after']]).toEqual([503, '1']);
  expect(body).toMatchObject({ errorCode: 'unavailable' });
});
