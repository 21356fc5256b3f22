import { spawnSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import Database from 'libsql';
import {
  UnsafeFolderError,
  findOwnershipFault,
  isOwnFolder,
  makePrivate,
  makePrivateFile,
} from './private-folder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'honeyhive-private-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (path: string) => ((await lstat(path)).mode & 0o777).toString(8);

describe('whose data may be kept where', () => {
  const path = '/data';
  test.each([
    [{ uid: 5, mode: 0o700 }, null],
    [{ uid: 5, mode: 0o777 }, null],
    [{ uid: 5, mode: 0o1777 }, 'users share'],
    [{ uid: 0, mode: 0o777 }, 'belongs to user 0'],
    [{ uid: 6, mode: 0o700 }, 'belongs to user 6'],
  ])('a folder with %o, for user 5: %s', (ownership, fault) => {
    const found = findOwnershipFault({ path, isFolder: true, ...ownership }, 5);

    if (fault === null) expect(found).toBeNull();
    else expect(found).toContain(fault);
  });

  test.each([
    [[], true],
    [['lost+found'], true],
    [['metadata.db', 'notes.txt'], true],
    [['lock.db'], true],
    [['notes.txt'], false],
    [['.ssh', 'lost+found'], false],
  ])('a folder with %j is ours alone: %s', (names, isOwn) => {
    expect(isOwnFolder(names)).toBe(isOwn);
  });
});

test('an empty folder is narrowed, a private one is left alone', async () => {
  await chmod(folder, 0o755);

  expect(await makePrivate(folder)).toEqual([folder]);
  expect(await makePrivate(folder)).toEqual([]);
  expect(await modeOf(folder)).toBe('700');
});

test('a folder of other things keeps its permissions when others may only read it', async () => {
  await writeFile(join(folder, 'notes.txt'), '');
  await chmod(folder, 0o755);

  expect(await makePrivate(folder)).toEqual([]);
  expect(await modeOf(folder)).toBe('755');
});

test('a folder of other things that others may write to is refused', async () => {
  await writeFile(join(folder, 'notes.txt'), '');
  await chmod(folder, 0o775);

  await expect(makePrivate(folder)).rejects.toThrow(UnsafeFolderError);
  expect(await modeOf(folder)).toBe('775');
});

test('a link in the place of the events is not followed', async () => {
  const elsewhere = join(folder, 'elsewhere');
  await mkdir(elsewhere);
  await chmod(elsewhere, 0o755);
  await mkdir(join(folder, 'data'), { mode: 0o700 });
  await symlink(elsewhere, join(folder, 'data', 'events'));

  expect(await makePrivate(join(folder, 'data'))).toEqual([]);
  expect(await modeOf(elsewhere)).toBe('755');
});

test('making a database private keeps the locks that this process has on it', async () => {
  const path = join(folder, 'lock.db');
  await makePrivateFile(path);
  const database = new Database(path);
  database.exec('BEGIN EXCLUSIVE');
  await chmod(path, 0o644);

  await makePrivateFile(path);

  const tryIt = `const Database = require('libsql'); new Database(${JSON.stringify(path)}, { timeout: 0 }).exec('BEGIN EXCLUSIVE')`;
  const other = spawnSync(process.execPath, ['-e', tryIt], { cwd: import.meta.dirname });
  database.close();
  expect(String(other.stderr)).toContain('locked');
  expect(await modeOf(path)).toBe('600');
});
