import { startChild } from 'honeyhive-testkit';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { listen } from '../../packages/client/src/testing/listening.ts';

const program = fileURLToPath(new URL('client-loss.mjs', import.meta.url));

/** Answers each batch: with a status, or, once `waitFor` batches are here, all of them at once. */
const startService = (status: number, waitFor = 1) => {
  const waiting: (() => void)[] = [];
  const answer = (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    const stored = { event_ids: [], success: true, created_count: 3, failed_count: 0 };
    response.end(JSON.stringify({ ...stored, events: [], errors: [], message: 'no such key' }));
  };
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      waiting.push(() => answer(response));
      if (waiting.length >= waitFor) for (const go of waiting.splice(0)) go();
    });
  });
  return listen(server);
};

/** What a program writes to stderr, and how it ends. */
async function run(
  how: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
) {
  const child = startChild(process.execPath, ['--expose-gc', program, how, ...args], {
    env: { HH_API_KEY: 'hh_wrong', EXIT_SECONDS: '120', ...env },
  });
  const exit = await child.exited;
  const stdout = child.stdout();
  return { exit, stdout, stderr: child.output().slice(stdout.length).trim().split('\n') };
}

const refused = /not delivered: logEvent: the service answered 401: no such key; check apiKey/;

describe('what is not delivered is said by default', () => {
  test.each([
    ['natural', 0],
    ['sync', 0],
  ])('%s: once at the first refusal, and once at the end with the count', async (how, code) => {
    await using service = await startService(401);

    const { exit, stderr } = await run(how, { HH_API_URL: `http://127.0.0.1:${service.port}` });

    expect(exit).toEqual({ code, signal: null });
    expect(stderr).toHaveLength(2);
    expect(stderr[0]).toMatch(refused);
    expect(stderr[0]).toMatch(/^honeyhive warn: an event was not delivered: /);
    expect(stderr[1]).toMatch(/^honeyhive warn: 3 events were not delivered: /);
  });

  test('at process.exit(), too, where the worker learns of it', async () => {
    await using service = await startService(401);

    const { exit, stderr } = await run('exit', { HH_API_URL: `http://127.0.0.1:${service.port}` });

    expect(exit.code).toBe(3);
    expect(stderr).toEqual([expect.stringMatching(refused)]);
    expect(stderr[0]).toMatch(/^honeyhive warn: 3 events were not delivered: /);
  });

  test('without a key', async () => {
    await using service = await startService(200);
    const env = { HH_API_URL: `http://127.0.0.1:${service.port}`, HH_API_KEY: '' };

    const { stderr } = await run('natural', env);

    expect(stderr[0]).toMatch(/an event was not delivered: .*no API key; pass apiKey/);
    expect(stderr[1]).toMatch(/3 events were not delivered: .*no API key; pass apiKey/);
  });

  test.each(['natural', 'exit'])('%s: when nothing listens at the address', async (how) => {
    const env = { HH_API_URL: 'http://127.0.0.1:9', EXIT_SECONDS: '0.2' };

    const { stderr } = await run(how, env);

    expect(stderr).toEqual([
      expect.stringMatching(
        /3 events were not delivered: logEvent: could not reach .*: connection refused/,
      ),
    ]);
  });

  test('when exitTimeout forbids to wait', async () => {
    const { stderr } = await run('exit', { HH_API_URL: 'http://127.0.0.1:9', EXIT_SECONDS: '0' });

    expect(stderr).toEqual([
      expect.stringMatching(/3 events were not delivered: the process ended, and exitTimeout is 0/),
    ]);
  });

  test.each([
    ['natural', { LOGGER: 'null' }],
    ['exit', { LOGGER: 'null' }],
    ['sync', { LOGGER: 'null' }],
    ['natural', { HH_WARNINGS: 'false' }],
  ])('%s: and not with %o', async (how, env) => {
    await using service = await startService(401);

    const { stderr } = await run(how, { HH_API_URL: `http://127.0.0.1:${service.port}`, ...env });

    expect(stderr).toEqual(['']);
  });

  test('nothing is said when all is stored', async () => {
    await using service = await startService(200);
    const env = { HH_API_URL: `http://127.0.0.1:${service.port}` };

    for (const how of ['natural', 'exit', 'sync']) {
      expect((await run(how, env)).stderr).toEqual(['']);
    }
  });
});

test('process.exit() delivers for all clients at once', async () => {
  // One after the other, the first would wait forever.
  await using service = await startService(200, 6);

  const { exit, stderr } = await run('exit', { HH_API_URL: `http://127.0.0.1:${service.port}` }, [
    '6',
  ]);

  expect(exit.code).toBe(3);
  expect(stderr).toEqual(['']);
});

test('clients that have delivered all can be collected, closed or not', async () => {
  await using service = await startService(200);
  const env = { HH_API_URL: `http://127.0.0.1:${service.port}` };

  const { stdout } = await run('collected', env, ['20']);

  expect(stdout).toMatch(/alive [01]/);
});
