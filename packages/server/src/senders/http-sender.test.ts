import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createHttpSender } from './http-sender.ts';
import { createNetworkGuard } from './network-guard.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(answer: RequestListener): Promise<{ readonly port: number }> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address() as AddressInfo;
}

const limits = { connectTimeoutMs: 60_000, totalTimeoutMs: 60_000, bodyBytes: 1_024 };

const createSender = (more: Partial<Parameters<typeof createHttpSender>[0]> = {}) =>
  createHttpSender({ guard: createNetworkGuard('loopback'), clock: systemClock, limits, ...more });

const message = (url: string) => ({ url, headers: { 'x-test': '1' }, body: '{}' });

describe('createHttpSender', () => {
  test('a response without end is closed after what is kept of it', async () => {
    let written = 0;
    let isClosed = false;
    const chunk = Buffer.alloc(65_536, 'a');
    const { port } = await listen((_request, response) => {
      const write = (): void => {
        while (written < 1024 ** 3) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', write);
        }
        response.end();
      };
      response.on('close', () => {
        isClosed = true;
      });
      write();
    });

    const outcome = await createSender()(message(`http://127.0.0.1:${port}/`));

    expect(outcome).toMatchObject({ status: 200, body: 'a'.repeat(1_024), error: null });
    await expect.poll(() => isClosed).toBe(true);
    expect(written).toBeLessThan(64 * 1024 ** 2);
  });

  test('a response that breaks off after its status counts by that status', async () => {
    const { port } = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('part', () => response.destroy());
    });

    const outcome = await createSender()(message(`http://127.0.0.1:${port}/`));

    expect(outcome).toMatchObject({ status: 200, error: null });
  });

  test('headers without end are no response', async () => {
    const { port } = await listen(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const write = (): void => {
        if (!socket.destroyed) socket.write(`x-${'y'.repeat(1_000)}: z\r\n`, write);
      };
      socket.on('error', () => undefined);
      write();
    });

    const outcome = await createSender()(message(`http://127.0.0.1:${port}/`));

    expect(outcome).toMatchObject({
      status: null,
      error: 'the connection failed: UND_ERR_HEADERS_OVERFLOW',
    });
  });

  test('a redirect is not followed', async () => {
    const seen: (string | undefined)[] = [];
    const { port } = await listen((request, response) => {
      seen.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });

    const outcome = await createSender()(message(`http://127.0.0.1:${port}/`));

    expect(outcome).toMatchObject({ status: 307, error: 'status 307: redirects are not followed' });
    expect(seen).toEqual(['/']);
  });

  test('a receiver that trickles its answer is left after the limit of the attempt', async () => {
    const { port } = await listen((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const short = { ...limits, totalTimeoutMs: 300 };

    const outcome = await createSender({ limits: short })(message(`http://127.0.0.1:${port}/`));

    expect(outcome).toMatchObject({ status: null, error: 'no complete response within 300 ms' });
  });

  test('a name is resolved once for an attempt, and only allowed addresses of it are connected to', async () => {
    let count = 0;
    const { port } = await listen((_request, response) => response.writeHead(204).end());
    const resolve: LookupFunction = (_name, _options, callback) => {
      count += 1;
      const rebound = [{ address: '10.0.0.1', family: 4 }];
      const first = [...rebound, { address: '127.0.0.1', family: 4 }];
      callback(null, count === 1 ? first : rebound);
    };
    const send = createSender({ resolve });

    const first = await send(message(`http://hooks.test:${port}/`));
    const second = await send(message(`http://hooks.test:${port}/`));

    expect(first).toMatchObject({ status: 204, error: null });
    expect(second).toMatchObject({
      status: null,
      error: expect.stringContaining('no public address'),
    });
    expect(second.error).not.toContain('10.0.0.1');
    expect(count).toBe(2);
  });

  test.each([
    'http://127.0.0.1:1/',
    'http://[::1]:1/',
    'http://[::ffff:127.0.0.1]:1/',
    'http://localhost:1/',
  ])('%s is not connected to unless it is allowed', async (url) => {
    const outcome = await createSender({ guard: createNetworkGuard('none') })(message(url));

    expect(outcome).toMatchObject({
      status: null,
      error: expect.stringContaining('nothing was sent'),
    });
  });
});
