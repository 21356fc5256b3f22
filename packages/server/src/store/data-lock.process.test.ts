import { once } from 'node:events';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataLockedError, acquireLock, readLock } from './data-lock.ts';

let dataDir = '';
const children: ChildProcessByStdio<null, Readable, null>[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-lock-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

/** A second process that takes the lock, says so, and keeps it until it is killed. */
async function startHolder(port: number): Promise<ChildProcessByStdio<null, Readable, null>> {
  const source = `
    import { createViteServer } from 'vitest/node';
    const vite = await createViteServer({
      configFile: false, logLevel: 'error', server: { middlewareMode: true, hmr: false, ws: false },
    });
    const { acquireLock } = await vite.ssrLoadModule(${JSON.stringify(join(import.meta.dirname, 'data-lock.ts'))});
    await acquireLock(${JSON.stringify(dataDir)}, ${port});
    process.stdout.write('held');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('held');
  return child;
}

async function refusal(): Promise<DataLockedError> {
  const error: unknown = await acquireLock(dataDir).catch((reason: unknown) => reason);
  if (!(error instanceof DataLockedError)) throw new Error('the lock was not refused');
  return error;
}

const nobody = { isHeld: false, holder: null };

describe('within one process', () => {
  test('a free folder has no holder', async () => {
    expect(await readLock(dataDir)).toEqual(nobody);
    expect(await readLock(join(dataDir, 'missing'))).toEqual(nobody);
  });

  test('makes the folder when it is missing', async () => {
    const lock = await acquireLock(join(dataDir, 'deep', 'er'));

    expect((await readLock(join(dataDir, 'deep', 'er'))).holder).toMatchObject({
      pid: process.pid,
    });
    await lock.release();
  });

  test('is held, too, by one that could not say who it is', async () => {
    const lock = await acquireLock(dataDir, 4040);
    // As a full disk leaves it.
    await truncate(join(dataDir, 'lock'));

    expect(await readLock(dataDir)).toEqual({ isHeld: true, holder: null });
    expect((await refusal()).message).toContain('Another process works on');
    await lock.release();
  });

  test('refuses a second taker and lets it in after the release', async () => {
    const first = await acquireLock(dataDir, 4040);

    expect((await refusal()).holder).toMatchObject({ pid: process.pid, port: 4040 });
    await first.release();
    await first.release();
    expect(await readLock(dataDir)).toEqual(nobody);
    await (await acquireLock(dataDir)).release();
  });
});

describe('between processes', () => {
  test('names the holder and says what to do', async () => {
    const child = await startHolder(4041);

    const error = await refusal();

    expect(error.holder).toMatchObject({ pid: child.pid, port: 4041 });
    expect(error.message).toContain(`Process ${child.pid} `);
    expect(error.message).toContain('port 4041');
    expect(error.message).toContain('HH_DATA_DIR');
    expect((await readLock(dataDir)).holder).toMatchObject({ pid: child.pid, port: 4041 });
  });

  test('of many that start at once, one gets in', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, async () => acquireLock(dataDir)),
    );

    const held = results.filter((result) => result.status === 'fulfilled');
    expect(held).toHaveLength(1);
    await held[0]?.value.release();
  });

  test('kill -9 frees the folder, whatever the dead process left behind', async () => {
    const child = await startHolder(4042);
    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(await readFile(join(dataDir, 'lock'), 'utf8')).toContain(`"pid":${child.pid}`);
    expect(await readLock(dataDir)).toEqual(nobody);
    const lock = await acquireLock(dataDir);
    expect((await readLock(dataDir)).holder).toMatchObject({ pid: process.pid });
    await lock.release();
  });
});
