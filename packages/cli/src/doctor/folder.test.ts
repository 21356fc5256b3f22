import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDisk, checkFolder, judgeFreeBytes } from './folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'honeyhive-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  [10e9, 'ok'],
  [1e9, 'warning'],
  [100e6, 'failed'],
])('%d free bytes are %s', (bytes, state) => {
  expect(judgeFreeBytes(bytes).state).toBe(state);
});

test('the disk of a folder that does not exist yet is that of the one above', async () => {
  const there = await checkDisk(folder);
  const below = await checkDisk(join(folder, 'a', 'b'));

  expect(below.state).toBe(there.state);
});

test('a folder that can be written is left as it was', async () => {
  const finding = await checkFolder(folder);

  expect(finding).toMatchObject({ state: 'ok', text: `${folder}, writable` });
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that does not exist yet is not made', async () => {
  const finding = await checkFolder(join(folder, 'a'));

  expect(finding).toMatchObject({ state: 'ok', text: `${join(folder, 'a')}, to be made` });
  expect(await readdir(folder)).toEqual([]);
});

test('a file in its place is a failure', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');

  expect(await checkFolder(file)).toMatchObject({
    state: 'failed',
    text: `${file} is not a folder`,
  });
});
