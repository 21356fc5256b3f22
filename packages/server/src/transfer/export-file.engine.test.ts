import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Project } from '../projects/project-store.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { writeExport } from './export-file.ts';
import type { ExportStart } from './export-file.ts';
import { readLines } from './import-file.ts';
import { importLines } from './import-lines.ts';
import type { ImportSummary } from './import-lines.ts';
import { toSource, withStores } from './testing/data-folder.ts';
import type { Stores } from './testing/data-folder.ts';

const now = Date.UTC(2026, 0, 2);
let folder = '';
let owner: Project;

const large = Array.from({ length: 60 }, (_, index) =>
  buildStoredEvent({
    projectId: '',
    eventId: `part${index}`,
    startTime: now + index,
    inputs: `{"text":"${`${index} `.repeat(50_000)}"}`,
  }),
);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'honeyhive-export-'));
  await withStores(join(folder, 'parts'), async ({ events, metadata }) => {
    owner = await metadata.ensureProject('parts', now);
    await events.insert(large.map((event) => ({ ...event, projectId: owner.id })));
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const readAll = (stores: Stores, path: string): Promise<ImportSummary> =>
  importLines(
    readLines(path, () => undefined),
    { ...stores, choice: null, onProgress: () => undefined },
  );

/** Fails at the end, when all but the last piece is written. */
const cutOff = async (stores: Stores, path: string): Promise<void> => {
  const source = toSource(stores);
  const countEvents = () => Promise.reject(new Error('interrupted'));
  const failing = { ...source, events: { ...stores.events, countEvents } };
  await expect(writeExport(path, failing)).rejects.toThrow('interrupted');
};
const startOf = async (stores: Stores, path: string, only: Project | null = null) => {
  const starts: ExportStart[] = [];
  const onStart = (start: ExportStart): void => void starts.push(start);
  await writeExport(path, toSource(stores, only), { onStart });
  return starts;
};

test.each(['.jsonl', '.jsonl.gz', '.jsonl.zst'])(
  'an interrupted export resumes, to the same bytes: %s',
  async (end) => {
    const [path, whole] = [join(folder, `cut${end}`), join(folder, `uncut${end}`)];

    const starts = await withStores(join(folder, 'parts'), async (stores) => {
      await writeExport(whole, toSource(stores));
      await cutOff(stores, path);
      return startOf(stores, path);
    });

    expect(starts).toMatchObject([{ kind: 'continued' }]);
    expect((await readFile(path)).equals(await readFile(whole))).toBe(true);
    expect((await readdir(folder)).filter((name) => name.includes('.partial'))).toEqual([]);
  },
);

test('an export starts over if it was another one, or its file is damaged, or the data changed', async () => {
  const path = join(folder, 'restarted.jsonl');
  const reasons = await withStores(join(folder, 'parts'), async (stores) => {
    await cutOff(stores, path);
    const other = await startOf(stores, path, owner);
    await rm(path);
    await cutOff(stores, path);
    await truncate(`${path}.partial`, 1_000_000);
    const damaged = await startOf(stores, path);
    await rm(path);
    await cutOff(stores, path);
    const [first] = await stores.events.readPage(owner.id, null, 1);
    if (!first) throw new Error('not stored');
    await stores.events.insert([{ ...first, version: first.version + 1, isDeleted: true }]);
    return [other, damaged, await startOf(stores, path)].flat();
  });

  expect(reasons).toEqual([
    { kind: 'restart', reason: 'other' },
    { kind: 'restart', reason: 'damaged' },
    { kind: 'restart', reason: 'changed' },
  ]);
  expect(
    await withStores(join(folder, 'restarted'), (stores) => readAll(stores, path)),
  ).toMatchObject({
    stored: { event: 60 },
  });
});

test('an export starts over if its state cannot be read, or on request', async () => {
  const path = join(folder, 'unreadable.jsonl');
  const starts = await withStores(join(folder, 'parts'), async (stores) => {
    await cutOff(stores, path);
    await writeFile(`${path}.partial.state`, '{"bytes":');
    const unread = await startOf(stores, path);
    await rm(path);
    await cutOff(stores, path);
    const asked: ExportStart[] = [];
    const onStart = (start: ExportStart): void => void asked.push(start);
    await writeExport(path, toSource(stores), { restarts: true, onStart });
    return [...unread, ...asked];
  });

  expect(starts).toEqual([{ kind: 'new' }, { kind: 'new' }]);
});
