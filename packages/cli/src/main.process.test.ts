import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import {
  makeDataDir,
  removeDataDir,
  runCommand,
  startCommand,
  startService,
  createKey,
} from 'honeyhive-testkit';
import type { CommandResult, RunningService } from 'honeyhive-testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let service: RunningService;
let dataDir: string;

beforeAll(async () => {
  dataDir = await makeDataDir();
  service = await startService({ env: { HH_LOG_LEVEL: 'error' } });
});
afterAll(async () => {
  await service.stop();
  await removeDataDir(dataDir);
});

/** Runs a command against the running service. */
const runThere = (...args: string[]): Promise<CommandResult> =>
  runCommand(args, {
    env: { HH_API_URL: service.url, HH_API_KEY: service.key, HH_DATA_DIR: service.dataDir },
  });

/** Runs a command against its own data folder, with nothing set. */
const runHere = (...args: string[]): Promise<CommandResult> =>
  runCommand(args, { env: { HH_DATA_DIR: dataDir } });

const parse = (result: CommandResult): unknown => JSON.parse(result.stdout);

describe('the command line', () => {
  test('--help goes to standard output and is a success', async () => {
    const { exitCode, stdout } = await runHere('--help');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Usage: honeyhive <command>/);
  });

  test('without a command the help goes to standard error and is a failure', async () => {
    const { exitCode, stdout, output } = await runHere();

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(output).toContain('Usage: honeyhive');
  });

  test.each([
    [['serv'], '"serv" is not a command; did you mean serve?'],
    [['keys', 'creat'], '"keys creat" is not a command; did you mean keys create?'],
    [['serve', '--prot', '1'], 'option --prot is not known; did you mean --port?'],
    [['sessions', 'show'], 'ID is missing'],
    [['sessions', 'list', '--limit', '0'], '--limit 0: must be a whole number'],
  ])('%j ends with 2 and says why', async (args, message) => {
    const { exitCode, output } = await runHere(...args);

    expect(exitCode).toBe(2);
    expect(output).toContain(message);
  });

  test('a setting that cannot be used ends with 78 and names all that is wrong', async () => {
    const { exitCode, output } = await runCommand(['serve', '--port', 'x'], {
      env: { HH_DATADIR: '/tmp' },
    });

    expect(exitCode).toBe(78);
    expect(output).toContain('did you mean HH_DATA_DIR?');
    expect(output).toContain('--port "x" must be a whole number');
  });
});

describe('config', () => {
  test('prints each value, where it comes from, and no secret', async () => {
    const key = `hh_4fGh2kLmN8pQ_${'s'.repeat(32)}`;
    const { exitCode, stdout } = await runCommand(['config', '--port', '0'], {
      env: { HH_DATA_DIR: dataDir, HH_API_KEY: key },
    });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^port +0 +flag +HH_PORT +--port$/m);
    expect(stdout).toMatch(/^dataDir +\S+ +environment /m);
    expect(stdout).toMatch(/^host +127\.0\.0\.1 +default /m);
    expect(stdout).toContain('hh_4fGh2kLmN8pQ_…');
    expect(stdout).not.toContain(key);
  });

  test('prints JSON for programs', async () => {
    expect(parse(await runHere('config', '--json'))).toMatchObject({
      dataDir: { value: dataDir, origin: 'environment' },
      port: { value: 4040, origin: 'default' },
    });
  });
});

describe('keys', () => {
  test('can be made, listed and revoked while the service runs', async () => {
    const { id, key } = await createKey(service.dataDir, { access: 'read' });
    const ask = () =>
      fetch(`${service.url}/projects`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask()).status).toBe(200);

    const { stdout: list } = await runThere('keys', 'list');
    expect(list).toMatch(new RegExp(`^${id} +read +\\(all\\) .* active$`, 'm'));
    expect(list).not.toContain(key);

    expect(await runThere('keys', 'revoke', id)).toMatchObject({ exitCode: 0 });
    await expect.poll(async () => (await ask()).status, { timeout: 30_000 }).toBe(401);
    expect((await runThere('keys', 'list')).stdout).toMatch(new RegExp(`^${id} .* revoked$`, 'm'));
  });

  test('a key can be made to expire', async () => {
    const made = await runThere('keys', 'create', '--expires-in-days', '30', '--json');
    const wrong = await runThere('keys', 'create', '--expires-in-days', 'soon');

    const { expires_at: expiresAt } = parse(made) as { expires_at: string };
    expect((Date.parse(expiresAt) - Date.now()) / 86_400_000).toBeCloseTo(30, 1);
    expect((await runThere('keys', 'list')).stdout).toContain(expiresAt.slice(0, 10));
    expect(wrong).toMatchObject({ exitCode: 2 });
    expect(wrong.output).toContain('--expires-in-days soon: must be a whole number from 1 to 3650');
  });

  test('a new key is given to programs with what it may do', async () => {
    const created = await runThere(
      'keys',
      'create',
      '--name',
      'ci',
      '--access',
      'ingest',
      '--json',
    );

    expect(parse(created)).toEqual({
      id: expect.any(String),
      key: expect.stringMatching(/^hh_/),
      name: 'ci',
      access: 'ingest',
      project: null,
      expires_at: null,
    });
  });

  test('a project that is new is made, and said to be', async () => {
    const { exitCode, stdout } = await runThere('keys', 'create', '--project', 'shop');

    expect(exitCode).toBe(0);
    expect(stdout).toContain('Project shop was made.');
    expect(stdout).toMatch(/^export HH_API_KEY=hh_[0-9A-Za-z]{12}_[0-9A-Za-z]{32}$/m);
  });

  test('an unknown key, and a folder without data, are reported with the next step', async () => {
    const unknown = await runThere('keys', 'revoke', 'nobody');
    expect(unknown).toMatchObject({ exitCode: 1 });
    expect(unknown.output).toContain('honeyhive keys list');

    const empty = await runHere('keys', 'list');
    expect(empty).toMatchObject({ exitCode: 1 });
    expect(empty.output).toContain('there is no data in');
  });
});

describe('projects and sessions', () => {
  test('a project is made, shown, listed, and deleted only when that is meant', async () => {
    const made = await runThere('projects', 'create', 'garden', '--description', 'Plants');
    expect(made).toMatchObject({ exitCode: 0 });
    expect((await runThere('projects', 'list')).stdout).toMatch(/^garden .* Plants$/m);
    expect(parse(await runThere('projects', 'show', 'garden', '--json'))).toMatchObject({
      name: 'garden',
      description: 'Plants',
    });

    const hesitant = await runThere('projects', 'delete', 'garden');
    expect(hesitant).toMatchObject({ exitCode: 2 });
    expect(hesitant.output).toContain('Add --yes');
    expect(await runThere('projects', 'delete', 'garden', '--yes')).toMatchObject({ exitCode: 0 });
    expect(await runThere('projects', 'show', 'garden')).toMatchObject({ exitCode: 1 });
  });

  test('costs are computed again after prices changed, and only then', async () => {
    const send = (method: string, path: string, body: unknown) =>
      fetch(`${service.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0 };
    const call = { event_type: 'model', config: { model: 'house-1' }, outputs: { usage } };
    await send('POST', '/events', { event: { ...call, project: 'shed' } });
    const prices = [{ model: 'house-*', input: 2, output: 2 }];
    await send('PUT', '/v1/projects/shed/settings', { prices });
    const reprice = (...more: string[]) => runThere('reprice', 'shed', ...more);

    const since = ['--since', '2026-01-01'];
    expect((await reprice(...since, '--dry-run')).stdout).toContain(
      'Would change the cost of 1 of 1 event, from $0.00 to $2.00.',
    );
    expect((await reprice(...since)).stdout).toContain('Changed the cost of 1 of 1 event');
    expect(parse(await reprice(...since, '--json'))).toEqual({
      checked: 1,
      changed: 0,
      unknown: 0,
      cost_before: 0,
      cost_after: 0,
      dry_run: false,
    });
    expect(await reprice('--since', 'soon')).toMatchObject({ exitCode: 2 });
    // Which day it is would depend on the reader, and its midnight on the host.
    expect(await reprice('--since', '03/04/2026')).toMatchObject({ exitCode: 2 });
    expect(await reprice()).toMatchObject({ exitCode: 2 });
  });

  test('a retention is tried before it is set', async () => {
    expect(await runThere('projects', 'create', 'archive')).toMatchObject({ exitCode: 0 });
    const retention = (...more: string[]) => runThere('retention', 'archive', ...more);

    expect((await retention()).stdout).toContain('Sessions: kept indefinitely.');
    const tried = await retention('--days', '30', '--payload-days', '7', '--dry-run');
    expect(tried.stdout).toMatch(
      /^Would be deleted now:\nSessions last changed before \d{4}-\d\d-\d\d: 0 sessions with 0 events, 0 bytes/,
    );
    expect(parse(await retention('--json'))).toMatchObject({ before: null, dry_run: true });
    expect((await retention('--days', 'forever', '--payload-days', '7')).stdout).toMatch(/^Set/);
    expect(parse(await retention('--json'))).toMatchObject({
      before: null,
      payloads: { before: expect.any(Number), events: 0, bytes: 0 },
    });
    expect(await retention('--days', 'soon')).toMatchObject({ exitCode: 2 });
    expect(await retention('--payload-days', '0')).toMatchObject({ exitCode: 2 });
  });

  test('a session is listed and shown as a tree', async () => {
    const send = async (path: string, body: unknown): Promise<unknown> => {
      const response = await fetch(`${service.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.json();
    };
    const id = 'session-of-the-cli';
    await send('/session/start', { session: { session_id: id, session_name: 'checkout' } });
    const event = { session_id: id, event_type: 'tool', event_name: 'pay', error: 'Declined' };
    await send('/events', { event: { ...event, inputs: {}, duration: 1_500 } });

    expect((await runThere('sessions', 'list')).stdout).toMatch(/^session-of-the-cli +checkout /m);
    const { stdout } = await runThere('sessions', 'show', id);
    expect(stdout).toMatch(/^└─ pay +tool +1\.50 s +✗ Declined$/m);
    expect(stdout).toContain('1 event · 0 model calls');
    expect(parse(await runThere('sessions', 'show', id, '--json'))).toMatchObject({
      session_id: id,
      children: [{ event_name: 'pay' }],
    });
  });

  test.each([
    [
      'nothing answers',
      { HH_API_URL: 'http://127.0.0.1:9', HH_API_KEY: 'k' },
      69,
      'honeyhive serve',
    ],
    ['no key is set', {}, 78, 'honeyhive keys create'],
  ])('when %s, it ends with the code for that and the next step', async (_, env, code, step) => {
    const { exitCode, output } = await runCommand(['sessions', 'list'], { env });

    expect(exitCode).toBe(code);
    expect(output).toContain(step);
  });

  test('a key that is refused ends with 77', async () => {
    const { exitCode, output } = await runCommand(['projects', 'list'], {
      env: { HH_API_URL: service.url, HH_API_KEY: 'hh_wrong' },
    });

    expect(exitCode).toBe(77);
    expect(output).toContain('honeyhive keys create');
  });

  test('a session that does not exist ends with 1', async () => {
    expect(await runThere('sessions', 'show', 'nobody')).toMatchObject({ exitCode: 1 });
  });
});

describe('demo', () => {
  test('with --sessions fills a project', { timeout: 240_000 }, async () => {
    const { exitCode, stdout } = await runThere('demo', '--sessions', '3', '--project', 'samples');

    const { stdout: shown } = await runThere('projects', 'show', 'samples', '--json');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Stored 3 sessions with \d+ events in /m);
    expect(JSON.parse(shown)).toMatchObject({ session_count: 3 });
  });

  test('on a running service: the tree, the rate, and where to look again', async () => {
    const { exitCode, stdout } = await runThere('demo', '--events', '250');

    expect(exitCode).toBe(0);
    expect(stdout).toContain('✗ OrderServiceTimeout: no answer within 3000 ms');
    expect(stdout).toMatch(/Stored 250 events in 3 requests in .*: [\d,]+ events per second/);
    expect(stdout).toContain('all 265 events');
    expect(stdout).toMatch(/honeyhive sessions show \S+/);
  });

  test('without a service it starts one, and leaves nothing behind', async () => {
    const { exitCode, stdout } = await runHere('demo', '--events', '10', '--json');

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      conversation_events: 14,
      batch_events: 10,
      differences: [],
    });
  });

  test('an address without a key is not guessed around', async () => {
    const { exitCode } = await runCommand(['demo'], { env: { HH_API_URL: service.url } });

    expect(exitCode).toBe(78);
  });
});

describe('doctor', () => {
  test('without a service: everything is looked at, and an event comes back', async () => {
    const { exitCode, stdout } = await runCommand(['doctor'], {
      env: { HH_DATA_DIR: dataDir, HH_PORT: '0', HH_API_URL: '' },
    });

    expect(stdout).toMatch(/✓ {2}engine +ClickHouse \d+/);
    expect(stdout).toContain('an event came back from a store on a temporary folder');
    expect(stdout).toContain('nobody works on the data folder');
    expect(exitCode).toBe(0);
  });

  test('with a service: who holds the folder, and an event comes back through it', async () => {
    const { exitCode, stdout } = await runThere('doctor');

    expect(stdout).toContain(`held by process ${service.pid} `);
    expect(stdout).toContain('an event was stored, came back and was deleted');
    expect(exitCode).toBe(0);
  });

  test('a port that another program holds is a failure', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const result = await runCommand(['doctor', '--json', '--port', String(port)], {
      env: { HH_DATA_DIR: dataDir },
    });
    other.close();

    expect(result.exitCode).toBe(1);
    expect(parse(result)).toContainEqual(
      expect.objectContaining({ check: 'port', state: 'failed' }),
    );
  });
});

describe('serve', () => {
  const start = (env: Record<string, string>, ...args: string[]) =>
    startCommand(['serve', '--port', '0', ...args], { env });

  test('the key is shown on the first start alone; a signal stops it with code 0', async () => {
    const folder = join(dataDir, 'first');
    const first = start({ HH_DATA_DIR: folder });
    await first.waitForLine(/Ctrl-C stops it/, 30_000);

    expect(first.stdout()).toMatch(/^export HH_API_URL=http:\/\/127\.0\.0\.1:\d+$/m);
    expect(first.stdout()).toMatch(/^export HH_API_KEY=hh_\w+$/m);
    expect(await first.kill('SIGINT')).toEqual({ code: 0, signal: null });
    expect(first.output()).toContain('stopped');

    const second = start({ HH_DATA_DIR: folder });
    await second.waitForLine(/Ctrl-C stops it/, 30_000);
    expect(second.stdout()).not.toContain('export');
    expect(await second.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  });

  test('a second wish to stop ends it at once', async () => {
    const child = start({ HH_DATA_DIR: join(dataDir, 'second-wish') });
    const printed = /listens on http:\/\/127\.0\.0\.1:(\d+)[^]*HH_API_KEY=(\w+)/;
    const [, port, key = ''] = await child.waitForLine(printed, 30_000);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    // A request whose body never ends keeps the service from stopping on its own. It has started when the server
    // answers 100 Continue.
    const head = [
      'POST /events HTTP/1.1',
      'host: x',
      `authorization: Bearer ${key}`,
      'content-type: application/json',
      'content-length: 9',
      'expect: 100-continue',
    ];
    socket.write([...head, '', '{'].join('\r\n'));
    await once(socket, 'data');

    process.kill(child.pid, 'SIGTERM');
    await expect.poll(() => child.output(), { timeout: 30_000 }).toContain('stopping');
    expect(child.isRunning()).toBe(true);
    // Within half a second it is the same Ctrl-C, passed on by npm.
    await expect
      .poll(() => {
        if (child.isRunning()) process.kill(child.pid, 'SIGINT');
        return child.isRunning();
      })
      .toBe(false);
    expect(await child.exited).toEqual({ code: 130, signal: null });
    socket.destroy();
  });

  test('a folder in use is refused, and the holder named', async () => {
    const { exitCode, output } = await runCommand(['serve', '--port', '0'], {
      env: { HH_DATA_DIR: service.dataDir },
    });

    expect(exitCode).toBe(1);
    expect(output).toContain(String(service.pid));
    expect(output).not.toContain('unexpected failure');
  });

  test('a port in use is refused, with the next step', async () => {
    const { exitCode, output } = await runCommand(['serve', '--port', new URL(service.url).port], {
      env: { HH_DATA_DIR: join(dataDir, 'port') },
    });

    expect(exitCode).toBe(1);
    expect(output).toContain('choose another port with --port');
  });

  test('a file in the place of the folder is refused with 78', async () => {
    await mkdir(dataDir, { recursive: true });
    const file = join(dataDir, 'file');
    await writeFile(file, '');

    const { exitCode, output } = await runCommand(['serve', '--port', '0'], {
      env: { HH_DATA_DIR: file },
    });

    expect(exitCode).toBe(78);
    expect(output).toContain('is not a folder');
  });

  test('an address that other machines reach is warned about', async () => {
    const child = start({ HH_DATA_DIR: join(dataDir, 'open') }, '--host', '0.0.0.0');
    await child.waitForLine(/Ctrl-C stops it/, 30_000);

    expect(child.output()).toContain('warning: listening on 0.0.0.0');
    await child.kill('SIGTERM');
  });
});
