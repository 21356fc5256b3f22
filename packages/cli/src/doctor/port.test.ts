import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { checkPort, findListener } from './port.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

function listen(body: string): Promise<number> {
  const started = createServer((_request, response) => response.end(body));
  server = started;
  return new Promise((resolve) => {
    started.listen(0, '127.0.0.1', () => {
      const address = started.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

const health = JSON.stringify({ status: 'ok', version: '9.9.9', uptime_ms: 1 });

test('a service of ours is known by its health', async () => {
  const port = await listen(health);

  expect(await findListener(`http://127.0.0.1:${port}`)).toEqual({
    kind: 'ours',
    version: '9.9.9',
  });
  expect(await checkPort('127.0.0.1', port)).toMatchObject({
    state: 'ok',
    text: `127.0.0.1:${port} is held by a honeyhive service 9.9.9`,
  });
});

test.each(['<html>', '{}', '{"version":1}'])('what answers %j is another program', async (body) => {
  const port = await listen(body);

  expect(await findListener(`http://127.0.0.1:${port}`)).toEqual({ kind: 'other' });
  expect(await checkPort('127.0.0.1', port)).toMatchObject({ state: 'failed' });
});

test('where nothing listens the port is free', async () => {
  const port = await listen('');
  await new Promise((resolve) => server?.close(resolve));

  expect(await findListener(`http://127.0.0.1:${port}`)).toEqual({ kind: 'nothing' });
  expect(await checkPort('127.0.0.1', port)).toMatchObject({ state: 'ok' });
});

test('port 0 is always free', async () => {
  expect(await checkPort('127.0.0.1', 0)).toEqual({
    check: 'port',
    state: 'ok',
    text: 'any free one',
  });
});
