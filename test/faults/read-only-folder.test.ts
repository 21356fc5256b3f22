import {
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startService,
} from 'honeyhive-testkit';
import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { watchReadiness } from './readiness.ts';
import { collectRefusals } from './refusals.ts';
import { roundNumbers, rounds } from './rounds.ts';
import { unprivileged } from './unprivileged.ts';

const env = { HH_LOG_LEVEL: 'error' };
const under = unprivileged();
const dataDir = await makeDataDir();
let service = await startService({ dataDir, env, under });
const { key } = service;
afterAll(async () => {
  await service.kill();
  await setWritable(true);
  await removeDataDir(dataDir);
});

/** Some folders may go away meanwhile, when parts merge. */
async function setWritable(isWritable: boolean): Promise<void> {
  for (const folder of await listFolders())
    await chmod(folder, isWritable ? 0o755 : 0o555).catch(() => undefined);
}

/** A consistent listing of the folder and its subfolders: starts over if a part disappears meanwhile. */
async function listFolders(): Promise<string[]> {
  try {
    const below = await readdir(dataDir, { recursive: true, withFileTypes: true });
    const folders = below.filter((each) => each.isDirectory());
    return [dataDir, ...folders.map((each) => join(each.parentPath, each.name))];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return listFolders();
    throw error;
  }
}

test.each(roundNumbers)(
  `a folder that becomes read-only, and writable again: round %i of ${rounds}`,
  async (round) => {
    const project = `read-only ${round}`;
    const ledger = openLedger();
    const refusals = collectRefusals();
    const readiness = watchReadiness(service);
    const load = startLoad({ target: service, project, ledger, onAnswer: refusals.note });
    await load.progress(50);

    await setWritable(false);
    await readiness.until(503);
    const statusesMeanwhile = await readiness.take(5);
    await refusals.next();
    const countMeanwhile = refusals.count();
    await setWritable(true);
    await readiness.until(200);
    await load.progress(50);
    load.stop();
    await load.ended;
    await readiness.stop();

    expect(new Set(statusesMeanwhile)).toEqual(new Set([503]));
    expect(countMeanwhile).toBeGreaterThan(0);
    expect(refusals.wrong()).toEqual([]);
    expect(load.counts.unanswered).toBe(0);
    expect(await findDifferences(createOperationCaller(service), project, ledger)).toEqual([]);
    await service.kill('SIGKILL');
    service = await startService({ dataDir, key, env, under });
    expect(await findDifferences(createOperationCaller(service), project, ledger)).toEqual([]);
  },
);

test('a start on a read-only folder is refused with what to do, and changes nothing', async () => {
  await service.kill('SIGTERM');
  await setWritable(false);

  const serve = () =>
    runCommand(['serve'], {
      env: { HH_DATA_DIR: dataDir, HH_PORT: '0' },
      under,
      timeoutMs: 20_000,
    });
  const { exitCode, output } = await serve();
  await setWritable(true);
  service = await startService({ dataDir, key, env, under });

  expect(output).toContain(`the data folder ${dataDir} cannot be written`);
  expect(output).toContain('Give this user the right to write there');
  expect(output).not.toMatch(/^\s+at .*\(/m);
  expect(exitCode).toBe(77);
});

test('a start where no folder can be made is refused with what to do', async () => {
  const parent = await makeDataDir();
  await chmod(parent, 0o555);

  const { exitCode, output } = await runCommand(['serve'], {
    env: { HH_DATA_DIR: join(parent, 'data'), HH_PORT: '0' },
    under,
  });
  await rm(parent, { recursive: true });

  expect(output).toContain('cannot be written');
  expect(output).not.toMatch(/^\s+at .*\(/m);
  expect(exitCode).toBe(77);
});
