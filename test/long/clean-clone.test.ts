import {
  buildEvent,
  call,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startChild,
  waitUntilReady,
} from 'honeyhive-testkit';
import type { Child } from 'honeyhive-testkit';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const seconds = (count: number) => count * 1000;

const repository = join(import.meta.dirname, '..', '..');
const folder = await makeDataDir();
const clone = join(folder, 'clone');
const dataDir = join(folder, 'data');

/** Ends a program that runs in the foreground as Ctrl-C in its terminal does. */
const interrupt = (child: Child) => child.kill('SIGINT');

async function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const cwd = command === 'git' ? folder : clone;
  const child = startChild(command, args, { cwd, env });
  const { code } = await child.exited;
  return { code, stdout: child.stdout(), output: child.output() };
}

const started: Child[] = [];

/** `npm start`, until it is ready; what it printed, and how long that took. */
async function npmStart() {
  const startedAt = performance.now();
  const child = startChild('npm', ['start'], {
    cwd: clone,
    env: { HH_DATA_DIR: dataDir, HH_PORT: '0', npm_config_prefer_offline: 'true' },
    isGroupLeader: true,
  });
  started.push(child);
  const [url = ''] = await child.waitForLine(/http:\/\/127\.0\.0\.1:\d+/, seconds(240));
  await waitUntilReady(url, child, seconds(60));
  return { child, url, durationMs: performance.now() - startedAt };
}

const pasted = (name: string, output: string) =>
  new RegExp(`^\\s*export ${name}=(\\S+)$`, 'm').exec(output)?.[1] ?? '';

let service: Awaited<ReturnType<typeof npmStart>>;
let exports: { HH_API_URL: string; HH_API_KEY: string };

beforeAll(async () => {
  const cloned = await run('git', ['clone', '--quiet', repository, clone]);
  if (cloned.code !== 0) throw new Error(cloned.output);
  service = await npmStart();
  const output = service.child.stdout();
  exports = {
    HH_API_URL: pasted('HH_API_URL', output),
    HH_API_KEY: pasted('HH_API_KEY', output),
  };
}, seconds(300));

afterAll(async () => {
  await Promise.all(started.map((child) => child.kill('SIGKILL')));
  await removeDataDir(folder);
});

const session = { session_id: 'from the clone', session_name: 'kept', project: 'default' };
const event = buildEvent({ session_id: session.session_id });

test('`npm start` in a fresh clone prints where it listens, where the data lies and two lines to paste', () => {
  const output = service.child.stdout();

  expect(exports.HH_API_URL).toBe(service.url);
  expect(exports.HH_API_KEY).toMatch(/^hh_[0-9A-Za-z]{12}_[0-9A-Za-z]{32}$/);
  expect(output).toContain(dataDir);
  expect(output).toContain('default');
});

test('`npm run demo` with the pasted lines prints the tree and how much was stored', async () => {
  const demo = await run('npm', ['run', 'demo'], exports);

  expect([demo.code, demo.code === 0 || demo.output]).toEqual([0, true]);
  expect(demo.stdout).toMatch(/[├└]/);
  expect(demo.stdout).toMatch(/\b\d+(\.\d+)? (ms|s)\b/);
  expect(demo.stdout).toMatch(/1[,.\s]?000 events/);
  expect(demo.stdout).toMatch(/events (per second|a second|\/ ?s)/);
});

test('a session is created and read with the key, and not without it', async () => {
  const target = { url: exports.HH_API_URL, key: exports.HH_API_KEY };
  const path = `/session/${encodeURIComponent(session.session_id)}`;

  const started = await call(target, 'POST /session/start', { body: { session } });
  const created = await call(target, 'POST /events', { body: { event } });
  const read = await call(target, `GET ${path}`);
  const unknown = await call(target, `GET ${path}`, { key: null });

  expect([started.status, created.status]).toEqual([200, 200]);
  expect(read).toMatchObject({ status: 200, body: { session_name: 'kept', event_count: 1 } });
  expect(unknown.status).toBe(401);
});

test("another project's key finds nothing", async () => {
  const made = await run(
    'npm',
    ['run', '--silent', 'honeyhive', '--', 'keys', 'create', '--project', 'another', '--json'],
    { HH_DATA_DIR: dataDir },
  );
  const { key } = JSON.parse(made.stdout) as { key: string };
  const stranger = createOperationCaller({ url: exports.HH_API_URL, key });

  await stranger.refused('getSession', 404, { params: { session_id: session.session_id } });
  await stranger.refused('getEvent', 404, { params: { event_id: event.event_id } });
  expect(await stranger.ok('exportEvents', { body: {} })).toMatchObject({ totalEvents: 0 });
});

test('a second `npm start` sets nothing up, is ready at once and has the same data', async () => {
  const api = createOperationCaller({ url: exports.HH_API_URL, key: exports.HH_API_KEY });
  const before = await api.ok('exportEvents', { body: { limit: 7500 } });
  await interrupt(service.child);

  service = await npmStart();
  const again = createOperationCaller({ url: service.url, key: exports.HH_API_KEY });
  const after = await again.ok('exportEvents', { body: { limit: 7500 } });

  process.stderr.write(`second start: ready after ${Math.round(service.durationMs)} ms\n`);
  expect(after).toEqual(before);
  expect(after.totalEvents).toBeGreaterThan(1000);
  // What takes time in a start says so.
  expect(service.child.output()).not.toMatch(/installing|building|HH_API_KEY/);
});

test('Ctrl-C lets it finish and close, and npm has nothing to complain of', async () => {
  await interrupt(service.child);

  expect(service.child.output()).toMatch(/^stopped$/m);
  expect(service.child.output()).not.toMatch(/npm (error|ERR!)/);
  await expect(call({ url: service.url }, 'GET /health')).rejects.toThrow('ECONNREFUSED');
});
