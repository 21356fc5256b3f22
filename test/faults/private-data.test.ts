import {
  buildEvent,
  byLevel,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startService,
} from 'honeyhive-testkit';
import { chmod, chown, lstat, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const scratch = await makeDataDir();
afterAll(() => removeDataDir(scratch));

/** Runs a command as a shell with that umask would. */
const withUmask = (umask: string) => ['sh', '-c', `umask ${umask}; exec "$0" "$@"`];

/** Everything in the folder, and itself, that a user other than its owner may read, change or enter. */
async function findOpen(folder: string): Promise<string[]> {
  const below = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = [folder, ...below.map((each) => join(each.parentPath, each.name))];
  const open: string[] = [];
  for (const path of paths) {
    // Parts of the engine disappear when they are merged. Links have no permissions.
    const status = await lstat(path).catch(() => null);
    if (status === null || status.isSymbolicLink()) continue;
    if ((status.mode & 0o077) !== 0) open.push(`${(status.mode & 0o777).toString(8)} ${path}`);
  }
  return open;
}

/** A folder that is there before, as a mounted volume is. */
async function makeVolume(name: string): Promise<string> {
  const path = join(scratch, name);
  await mkdir(path);
  await chmod(path, 0o755);
  return path;
}

// With 000 nothing is left to the shell: whatever is closed, the product closed.
test.each(byLevel({ short: ['000'], full: ['022', '000'] }))(
  'nothing that is written is open to others, with umask %s',
  async (umask) => {
    const under = withUmask(umask);
    const folderOf = (name: string) => makeVolume(`${name}-${umask}`);
    const dataDir = await folderOf('data');
    const backup = await folderOf('backup');
    const restored = await folderOf('restored');
    const imported = await folderOf('imported');
    const exports = await folderOf('exports');
    const demo = await folderOf('demo');
    const made = await folderOf('made');
    const run = async (args: readonly string[], dir = dataDir) =>
      expect(await runCommand(args, { env: { HH_DATA_DIR: dir }, under })).toMatchObject({
        exitCode: 0,
      });

    const service = await startService({ dataDir, under });
    const api = createOperationCaller(service);
    await api.ok('createEvent', { body: { event: buildEvent() } });
    await api.ok('updateEvent', { body: { event_id: 'later', metadata: { secret: true } } });
    const whileItRuns = await findOpen(dataDir);
    await run(['keys', 'create', '--name', 'beside it']);
    await service.stop();
    await run(['keys', 'create'], made);
    await run(['backup', backup]);
    await run(['restore', backup], restored);
    const file = join(exports, 'all.jsonl');
    await run(['export', file]);
    await run(['import', file], imported);
    await run(['demo', '--events', '10', '--data-dir', demo]);

    expect(whileItRuns).toEqual([]);
    for (const folder of [dataDir, backup, restored, imported, demo, made])
      expect(await findOpen(folder)).toEqual([]);
    expect((await lstat(file)).mode & 0o777).toBe(0o600);
  },
);

test('a data folder that an earlier version left open is closed at the start, and that is said', async () => {
  const dataDir = await makeVolume('earlier');
  const service = await startService({ dataDir });
  const { key } = service;
  await service.stop();
  await chmod(dataDir, 0o777);
  await chmod(join(dataDir, 'metadata.db'), 0o644);
  await chmod(join(dataDir, 'lock.db'), 0o666);
  await chmod(join(dataDir, 'events'), 0o755);

  const asked = await runCommand(['doctor', '--port', '0'], { env: { HH_DATA_DIR: dataDir } });
  const again = await startService({ dataDir, key });
  const { output } = again;
  const open = await findOpen(dataDir);
  await again.stop();

  expect(asked.output).toContain(`${dataDir} is open to other users (0777)`);
  expect(open).toEqual([]);
  expect(output()).toContain('removed permissions of other users');
  for (const name of ['', '/metadata.db', '/lock.db', '/events'])
    expect(output()).toContain(`"${dataDir}${name}"`);
});

/** One that another user owns: one that root gave away, or that of root. */
async function findForeign(): Promise<string> {
  if (process.getuid?.() !== 0) return '/';
  const path = await mkdtemp(join(scratch, 'foreign-'));
  await chown(path, 65_534, 65_534);
  return path;
}

test.each([['serve'], ['keys', 'create'], ['restore', 'none']])(
  '%s %s refuses a data folder that another user owns, and leaves it as it is',
  async (...args) => {
    const dataDir = await findForeign();
    const before = await lstat(dataDir);

    const { exitCode, output } = await runCommand(args, {
      env: { HH_DATA_DIR: dataDir, HH_PORT: '0' },
    });

    expect(output).toContain(`${dataDir} belongs to user ${before.uid}`);
    expect(output).not.toMatch(/^\s+at .*\(/m);
    expect(exitCode).toBe(77);
    expect((await lstat(dataDir)).mode).toBe(before.mode);
  },
);

test('a folder that users share is refused', async () => {
  const shared = join(scratch, 'shared');
  await mkdir(shared);
  await chmod(shared, 0o1777);
  const env = { HH_DATA_DIR: shared, HH_PORT: '0' };

  const served = await runCommand(['serve'], { env });
  const checked = await runCommand(['doctor'], { env });

  expect(served.output).toContain('that users share');
  expect(served.exitCode).toBe(77);
  expect(checked.output).toContain('that users share');
  expect(await readdir(shared)).toEqual([]);
  expect((await lstat(shared)).mode & 0o7777).toBe(0o1777);
});

test('a file that another user put into the data folder is refused', async () => {
  const dataDir = await makeVolume('planted');
  const service = await startService({ dataDir });
  await service.stop();
  const planted = join(dataDir, 'metadata.db');
  // Only root can give a file away; for others it stays their own, which is taken.
  const owner = process.getuid?.() === 0 ? 65_534 : (process.getuid?.() ?? 0);
  await chown(planted, owner, -1);

  const { exitCode, output } = await runCommand(['keys', 'list'], {
    env: { HH_DATA_DIR: dataDir },
  });

  const isRefused = output.includes(`${planted} belongs to user 65534`);
  expect({ isRefused, exitCode }).toEqual(
    owner === 65_534 ? { isRefused: true, exitCode: 77 } : { isRefused: false, exitCode: 0 },
  );
});
