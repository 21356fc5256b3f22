import { Zstd } from '@hpcc-js/wasm-zstd';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Project } from '../projects/project-store.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { useBits } from '../domain/use-tree.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { writeExport } from './export-file.ts';
import { readLines } from './import-file.ts';
import { importLines } from './import-lines.ts';
import type { ImportSummary } from './import-lines.ts';
import type { ProjectChoice } from './project-choice.ts';
import { encodeLine } from './record-codec.ts';
import { toSource, withStores as openStores } from './testing/data-folder.ts';
import type { Stores } from './testing/data-folder.ts';
import { noRecords } from './transfer-record.ts';
import type { RecordCounts, TransferRecord } from './transfer-record.ts';

const zstd = await Zstd.load();

const largeCount = 200;

const now = Date.UTC(2026, 0, 2);
const hourMs = 3_600_000;
let folder = '';
let file = '';
let project: Project;

const withStores = <Result>(name: string, work: (stores: Stores) => Promise<Result>) =>
  openStores(join(folder, name), work);

const write = (stores: Stores, path: string, only: Project | null = null): Promise<RecordCounts> =>
  writeExport(path, toSource(stores, only));

const read = (
  stores: Stores,
  path: string,
  choice: ProjectChoice | null = null,
): Promise<ImportSummary> =>
  importLines(
    readLines(path, () => undefined),
    { ...stores, choice, onProgress: () => undefined },
  );

const unpack = (path: string, bytes: Buffer): Uint8Array => {
  if (path.endsWith('.gz')) return gunzipSync(bytes);
  return path.endsWith('.zst') ? zstd.decompress(bytes) : bytes;
};

/** An export without its header, which has the time in it. */
const body = async (path: string): Promise<string> => {
  const bytes = await readFile(path);
  const text = Buffer.from(unpack(path, bytes)).toString();
  return text.slice(text.indexOf('\n') + 1);
};

/** Several versions, tombstones, odd texts, many hours and sessions. */
function makeEvents(projectId: string): StoredEvent[][] {
  const first = Array.from({ length: 3_000 }, (_, index) =>
    buildStoredEvent({
      projectId,
      eventId: `e${index}`,
      sessionId: `s${index % 70}`,
      startTime: now + ((index * 7) % 40) * hourMs + index / 8,
      parentId: index % 3 === 0 ? null : `s${index % 70}`,
      error: index % 50 === 0 ? 'tab\there\nand \\ there' : null,
      costUsd: index / 3_000_000,
      inputs: `{"__proto__":{"n":${index}e30}}`,
      metadata: String.raw`{"lone":"\ud800","a":1,"a":2}`,
      childrenIds: index % 10 === 0 ? ['a"b', 'c\\d'] : [],
    }),
  );
  const changed = first
    .filter((_, index) => index % 4 === 0)
    .map((event) => ({ ...event, version: 5, eventName: 'changed', updatedAt: now + 5 }));
  const deleted = first
    .filter((_, index) => index % 100 === 1)
    .map((event) => ({ ...event, version: 2, isDeleted: true, inputs: '{}' }));
  return [first, changed, deleted];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'honeyhive-transfer-'));
  file = join(folder, 'all.jsonl');
  await withStores('source', async (stores) => {
    const { events, metadata } = stores;
    project = await metadata.ensureProject('shop', now);
    const other = await metadata.ensureProject('other "\n\u0000', now + 1);
    await metadata.changeSettings(project.id, () => ({ retention_days: 7 }), now + 2);
    const { record } = await metadata.createKey(
      { name: 'ci', access: 'ingest', projectId: other.id },
      now,
    );
    await metadata.revokeKey(record.id, now + 3);
    await metadata.createKey({ name: 'all', access: 'full', projectId: null }, now);
    await metadata.holdPatches(
      Array.from({ length: 1_200 }, (_, index) => ({
        projectId: index % 2 === 0 ? project.id : null,
        eventId: `late${index}`,
        patch: '{"merge":{}}',
        receivedAt: now,
      })),
    );
    const views = { now, mostPerProject: 9 };
    for (const id of [project.id, other.id]) {
      await metadata.saveView({ id, projectId: id, content: '{"query":"error:*"}' }, views);
      const alert = { id, projectId: id, content: '{"name":"slow"}' };
      await metadata.saveAlert(alert, { ...views, ends: null });
    }
    for (const batch of makeEvents(project.id)) await events.insert(batch);
    await events.insert([buildStoredEvent({ projectId: other.id, eventId: 'e1' })]);
    await write(stores, file);
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// Whole stores are opened, filled and read again and again: longer than the usual limit on a busy machine.
describe('an export of everything', { timeout: 240_000 }, () => {
  test('makes the same installation elsewhere, from plain or compressed lines', async () => {
    const packed = join(folder, 'packed.jsonl.zst');
    const zipped = join(folder, 'packed.jsonl.gz');
    await withStores('source', async (stores) => {
      await write(stores, packed);
      await write(stores, zipped);
    });
    expect(await body(packed)).toBe(await body(file));
    expect(await body(zipped)).toBe(await body(file));

    const again = join(folder, 'again.jsonl');
    const summary = await withStores('copy', async (stores) => {
      const imported = await read(stores, packed);
      await write(stores, again);
      return imported;
    });

    expect(summary.stored).toEqual({
      organisation: 1,
      project: 2,
      settings: 1,
      key: 2,
      view: 2,
      alert: 2,
      patch: 1_200,
      event: 3_001,
    });
    expect(await body(again)).toBe(await body(file));
  });

  test('imported again changes nothing', async () => {
    const again = join(folder, 'twice.jsonl');
    const summary = await withStores('copy', async (stores) => {
      const imported = await read(stores, file);
      await write(stores, again);
      return imported;
    });

    expect(summary.stored).toEqual(noRecords);
    expect(summary.known).toMatchObject({ project: 2, patch: 1_200, event: 3_001 });
    expect(await body(again)).toBe(await body(file));
  });

  test('takes no change back that was made since', async () => {
    const ids = ['e2', 'e3'];
    const after = await withStores('copy', async (stores) => {
      const [changed, deleted] = (await stores.events.readEvents([project.id], ids)).toSorted(
        (a, b) => a.eventId.localeCompare(b.eventId),
      );
      if (!changed || !deleted) throw new Error('not imported');
      await stores.events.insert([
        { ...changed, version: changed.version + 1, eventName: 'later' },
        { ...deleted, version: deleted.version + 1, isDeleted: true },
      ]);
      await read(stores, file);
      return stores.events.readEvents([project.id], ids);
    });

    expect(after.map(({ eventName }) => eventName)).toEqual(['later']);
  });

  test('leaves out an event whose id another one has, and says which', async () => {
    const summary = await withStores('conflict', async (stores) => {
      await read(stores, await writeRecords('first', [{ type: 'project', record: project }]));
      await stores.events.insert([
        buildStoredEvent({ projectId: project.id, eventId: 'e7', sessionId: 'elsewhere' }),
      ]);
      return read(stores, file);
    });

    expect(summary).toMatchObject({ conflicts: 1, conflictIds: ['e7'], stored: { event: 3_000 } });
  });

  test('holds no patch for an event that has come', async () => {
    const summary = await withStores('patched', async (stores) => {
      await read(stores, file);
      await stores.events.insert([buildStoredEvent({ projectId: project.id, eventId: 'late0' })]);
      await stores.metadata.dropHeldPatches([1]);
      return read(stores, file);
    });

    expect(summary.stored.patch).toBe(0);
  });
});

test('an export of one project has its records, and no keys', { timeout: 60_000 }, async () => {
  const path = join(folder, 'shop.jsonl');
  const counts = await withStores('source', (stores) => write(stores, path, project));

  expect(counts).toEqual({
    organisation: 0,
    project: 1,
    settings: 1,
    key: 0,
    view: 1,
    alert: 1,
    patch: 600,
    event: 3_000,
  });
  expect(await withStores('one', (stores) => read(stores, path))).toMatchObject({
    header: { scope: 'project' },
    stored: counts,
  });
});

test(
  'events too large for one page are exported in smaller ones',
  { timeout: 240_000 },
  async () => {
    const inputs = `{"text":"${'x'.repeat(1_000_000)}"}`;
    const ids = Array.from({ length: largeCount }, (_, index) => `large${index}`);
    const counts = await withStores('large', async (stores) => {
      const { id } = await stores.metadata.ensureProject('large', now);
      const events = ids.map((eventId) => buildStoredEvent({ projectId: id, eventId, inputs }));
      for (let start = 0; start < largeCount; start += 10)
        await stores.events.insert(events.slice(start, start + 10));
      const atOnce = stores.events.readPage(id, null, largeCount).then(
        () => 'read',
        (error: unknown) => String(error),
      );
      expect(await atOnce).toMatch(/^QueryTooExpensive/);
      return write(stores, join(folder, 'large.jsonl.gz'));
    });

    expect(counts).toMatchObject({ event: largeCount });
  },
);

/** A whole file with these records. */
async function writeRecords(name: string, records: readonly TransferRecord[]): Promise<string> {
  const path = join(folder, `${name}.jsonl`);
  const counts = { ...noRecords };
  for (const { type } of records) counts[type] += 1;
  const header = { scope: 'project', writtenBy: 'test', createdAt: now } as const;
  const lines = [{ type: 'header', header } as const, ...records, { type: 'end', counts } as const];
  await writeFile(path, lines.map(encodeLine).join(''));
  return path;
}

describe('a file that cannot be imported is refused with the line', { timeout: 60_000 }, () => {
  let small = '';
  beforeAll(async () => {
    const [events = []] = makeEvents(project.id);
    const records = events.map((event) => ({ type: 'event', event }) as const);
    small = await writeRecords('small', [{ type: 'project', record: project }, ...records]);
  });
  const refusal = (path: string): Promise<unknown> =>
    withStores('refusing', (stores) => read(stores, path)).then(
      () => 'imported',
      (error: unknown) => (error instanceof Error ? error.message : error),
    );
  const change = async (name: string, edit: (lines: string[]) => string[]): Promise<string> => {
    const path = join(folder, name);
    const lines = (await readFile(small, 'utf8')).split('\n').slice(0, -1);
    const text = edit(lines)
      .map((line) => `${line}\n`)
      .join('');
    await writeFile(path, text);
    return path;
  };

  test('its end is missing', async () => {
    const path = await change('short.jsonl', (lines) => lines.slice(0, 2_000));

    expect(await refusal(path)).toBe('line 2001: the file is not whole: its end is missing');
  });

  test('a line is missing in the middle', async () => {
    const path = await change('gap.jsonl', (lines) => lines.toSpliced(1_500, 1));

    expect(await refusal(path)).toMatch(
      /^line \d+: the file should hold 3000 records of the type event, and holds 2999$/,
    );
  });

  test('a line was changed', async () => {
    const path = await change('changed.jsonl', (lines) =>
      lines.with(1_999, lines[1_999]?.replace('chat', 'chut') ?? ''),
    );

    expect(await refusal(path)).toBe('line 2000: it is damaged: its checksum is another');
  });

  test('something follows the end', async () => {
    const path = await change('more.jsonl', (lines) => [...lines, lines.at(-2) ?? '']);

    expect(await refusal(path)).toMatch(/^line \d+: there is more after the end$/);
  });

  test('it is empty, or something else', async () => {
    expect(await refusal(await change('empty.jsonl', () => []))).toBe('the file is empty');
    expect(await refusal(await change('other.jsonl', () => ['{"a":1}']))).toBe(
      'line 1: it is not a line of an export, or it is truncated',
    );
    expect(await refusal(await change('headless.jsonl', (lines) => lines.slice(1)))).toBe(
      'line 1: the header has to be the first line, and only that',
    );
  });

  test.each([
    ['.jsonl.gz', (bytes: Buffer) => gzipSync(bytes)],
    ['.jsonl.zst', (bytes: Buffer) => Buffer.from(zstd.compress(bytes))],
  ])('its compressed form %s is truncated or damaged', async (ending, encode) => {
    const bytes = encode(await readFile(small));
    const path = join(folder, `cut${ending}`);
    await writeFile(path, bytes.subarray(0, 20_000));
    expect(await refusal(path)).toMatch(
      /^line \d+: the compressed data is damaged: unexpected (end of file|EOF)$/,
    );

    const middle = Math.floor(bytes.length / 2);
    bytes.fill(0, middle, middle + 64);
    await writeFile(path, bytes);
    expect(await refusal(path)).toMatch(/^line \d+: /);

    await writeFile(path, await readFile(small));
    expect(await refusal(path)).toMatch(/^line 1: the compressed data is damaged/);
  });

  test('an event is of a project that is not in the file', async () => {
    const path = await writeRecords('stray', [{ type: 'event', event: buildStoredEvent() }]);

    expect(await refusal(path)).toBe('line 2: project p1 of the event is not in the file');
  });

  test('another project has the name', async () => {
    const path = await writeRecords('namesake', [
      { type: 'project', record: { ...project, id: 'other' } },
    ]);
    await withStores('named', (stores) => stores.metadata.ensureProject(project.name, now));

    await expect(withStores('named', (stores) => read(stores, path))).rejects.toThrow(
      'line 2: another project has the name "shop"',
    );
  });
});

describe('one project of a file', { timeout: 240_000 }, () => {
  const query = (projectId: string) => ({ projectIds: [projectId], filters: [], rootsOnly: false });

  test('goes into a project that is there, as often as it is imported', async () => {
    const counts = await withStores('into', async (stores) => {
      const own = await stores.metadata.ensureProject('shop', now);
      await stores.metadata.changeSettings(own.id, () => ({ retention_days: 3 }), now);
      await stores.events.insert([buildStoredEvent({ projectId: own.id, eventId: 'own' })]);
      const choice = { project: 'shop', target: { into: own } };

      const first = await read(stores, file, choice);
      const second = await read(stores, file, choice);

      expect(first.stored).toMatchObject({
        project: 0,
        settings: 0,
        key: 0,
        view: 1,
        alert: 1,
        patch: 600,
        event: 3_000,
      });
      expect(second.stored).toMatchObject({ project: 0, patch: 0, event: 0 });
      expect(await stores.metadata.readSettings(own.id)).toMatchObject({
        settings: { retention_days: 3 },
      });
      expect(await stores.metadata.listViews(own.id)).toMatchObject([{ id: project.id }]);
      expect((await stores.metadata.listProjects({ limit: 9, offset: 0 })).total).toBe(1);
      return stores.events.countEvents(query(own.id));
    });

    expect(counts).toBe(1 + 3_000 - 30);
  });

  test('counts the use of a session once, whatever was there and whatever the file says', async () => {
    await withStores('use', async (stores) => {
      const own = await stores.metadata.ensureProject('use', now);
      const event = (eventId: string, parentId: string, more: Partial<StoredEvent> = {}) =>
        buildStoredEvent({
          ...{ projectId: own.id, sessionId: 's', eventId, parentId, totalTokens: 5 },
          ...more,
        });
      await stores.events.insert([event('agent', 's', { totalTokens: 10 })]);
      const path = await writeRecords('use', [
        { type: 'project', record: own },
        { type: 'event', event: event('call', 'agent', { repeatedUse: useBits.tokens }) },
        { type: 'event', event: event('tool', 's') },
      ]);

      for (const stored of [2, 0]) {
        const summary = await read(stores, path, { project: 'use', target: { into: own } });

        expect(summary.stored.event).toBe(stored);
        expect(await stores.events.readRollups([own.id], ['s'])).toMatchObject([
          { totalTokens: 10 },
        ]);
      }
    });
  });

  test('is made under another name, with its settings', async () => {
    await withStores('renamed', async (stores) => {
      await stores.metadata.ensureProject('shop', now);

      await read(stores, file, { project: 'shop', target: { name: 'old shop' } });

      const made = await stores.metadata.findProject('old shop');
      expect(made?.id).toBe(project.id);
      expect(await stores.events.countEvents(query(project.id))).toBe(2_970);
      expect(await stores.metadata.readSettings(project.id)).toMatchObject({
        settings: { retention_days: 7 },
      });
      expect(await stores.metadata.listKeys()).toEqual([]);
    });
  });

  test('has to be in it, and to be named when there are several', async () => {
    await withStores('unknown', async (stores) => {
      const target = { name: 'x' };

      await expect(read(stores, file, { project: 'none', target })).rejects.toThrow(
        'there is no project "none" in the file; it has "shop", ',
      );
      await expect(read(stores, file, { project: null, target })).rejects.toThrow(
        'choose a project of it with --project',
      );
    });
  });
});

describe('the file of an export', () => {
  test('is not written over another', async () => {
    await expect(withStores('source', (stores) => write(stores, file))).rejects.toThrow(
      'exists already',
    );
  });

  test('has a name that says what it is', async () => {
    const path = join(folder, 'export.json');

    await expect(withStores('source', (stores) => write(stores, path))).rejects.toThrow(
      'the name has to end in .jsonl, or in .jsonl.zst or .jsonl.gz',
    );
  });
});
