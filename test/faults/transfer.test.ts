import { decompress } from 'fzstd';
import {
  buildEvent,
  byLevel,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startCommand,
  startService,
} from 'honeyhive-testkit';
import type { CommandResult } from 'honeyhive-testkit';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';

const batches = byLevel({ short: 12, full: 30 });
const batchEvents = 500;
const source = await makeDataDir();
const files = await makeDataDir();
const file = join(files, 'all.jsonl');
let target = '';
let key = '';

const run = (args: readonly string[], dataDir: string): Promise<CommandResult> =>
  runCommand(args, { env: { HH_DATA_DIR: dataDir }, timeoutMs: 240_000 });

/** What several pieces, one after the other, unpack to. */
const unpack = (path: string, bytes: Buffer): Uint8Array => {
  if (path.endsWith('.gz')) return gunzipSync(bytes);
  return path.endsWith('.zst') ? decompress(bytes) : bytes;
};

/** All lines but the header, which has the time in it. */
async function bodyOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  const text = Buffer.from(unpack(path, bytes)).toString();
  return text.slice(text.indexOf('\n') + 1);
}

beforeAll(async () => {
  target = await makeDataDir();
  const service = await startService({ dataDir: source });
  ({ key } = service);
  const api = createOperationCaller(service);
  const padding = 'p'.repeat(2_000);
  for (let batch = 0; batch < batches; batch += 1) {
    const events = Array.from({ length: batchEvents }, (_, index) =>
      buildEvent({ event_id: `${batch}-${index}`, inputs: { padding, __proto__: 1 } }),
    );
    await api.ok('createEventBatch', { body: { project: 'shop', events } });
  }
  await service.stop();
});
afterAll(async () => {
  for (const folder of [source, files, target]) await removeDataDir(folder);
});

const kinds = ['.jsonl', '.jsonl.gz', '.jsonl.zst'] as const;
const kills = byLevel({ short: 1, full: 3 });
/** How much of the data is there when an import is killed. */
const importKills = byLevel({ short: [0, 0.5], full: [0, 0.1, 0.3, 0.5, 0.8] });

const countFiles = (folder: string): Promise<number> =>
  readdir(folder, { recursive: true }).then(
    (names) => names.length,
    () => 0,
  );

/** Bytes of an export that are on the disk, by the state beside it; 0 before there is one. */
const keptBytes = (path: string): Promise<number> =>
  readFile(`${path}.partial.state`, 'utf8').then(
    (text) => Number((JSON.parse(text) as { bytes: number }).bytes),
    () => 0,
  );

/** Kills an export a while after it has come further than before. */
async function killExport(path: string, dataDir: string): Promise<void> {
  const child = startCommand(['export', path], { env: { HH_DATA_DIR: dataDir } });
  const before = await keptBytes(path);
  while (child.isRunning() && (await keptBytes(path)) <= before) await delay(2);
  await delay(randomInt(0, 40));
  await child.kill('SIGKILL');
}

test.each(kinds)(
  'an export that is killed continues, each time, to the same file: %s',
  async (kind) => {
    const path = join(files, `killed${kind}`);
    const whole = join(files, `whole${kind}`);
    expect(await run(['export', whole], source)).toMatchObject({ exitCode: 0 });

    const kept: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      await killExport(path, source);
      expect(existsSync(path)).toBe(false);
      kept.push(await keptBytes(path));
    }
    const finished = await run(['export', path, '--json'], source);

    expect(kept.toSorted((a, b) => a - b)).toEqual(kept);
    expect(kept.at(-1)).toBeLessThan((await stat(whole)).size);
    expect(finished.exitCode).toBe(0);
    expect(finished.output).toMatch(/: continuing at [1-9]\d? %$/m);
    expect(JSON.parse(finished.stdout)).toMatchObject({ counts: { project: 2, key: 1 } });
    expect(await bodyOf(path)).toBe(await bodyOf(whole));
    expect((await readdir(files)).filter((name) => name.includes('.partial'))).toEqual([]);
  },
);

test('an export whose file was truncated meanwhile starts over, and says so', async () => {
  const path = join(files, 'short.jsonl');
  await killExport(path, source);
  await truncate(`${path}.partial`, 1_000);

  const { exitCode, output } = await run(['export', path], source);

  expect(exitCode).toBe(0);
  expect(output).toContain('starting over: the partial file is damaged');
  expect(await bodyOf(path)).toBe(await bodyOf(join(files, 'whole.jsonl')));
});

test('an export starts over on request, or if another one was started', async () => {
  const [restarted, other] = [join(files, 'restarted.jsonl'), join(files, 'other.jsonl')];
  await killExport(restarted, source);
  await killExport(other, source);

  const asked = await run(['export', restarted, '--restart'], source);
  const shop = await run(['export', other, '--project', 'shop'], source);

  expect([asked.exitCode, shop.exitCode]).toEqual([0, 0]);
  expect(asked.output).not.toMatch(/continuing|starting over/);
  expect(await bodyOf(restarted)).toBe(await bodyOf(join(files, 'whole.jsonl')));
  expect(shop.output).toContain('starting over: the partial file is an export of something else');
});

test('an export of data that changed meanwhile starts over, says so, and contains the change', async () => {
  await killExport(file, source);
  const service = await startService({ dataDir: source, key });
  await createOperationCaller(service).ok('updateEvent', {
    body: { event_id: '3-4', metadata: { changed: true } },
  });
  await service.stop();

  const { exitCode, output } = await run(['export', file], source);

  expect(exitCode).toBe(0);
  expect(output).toContain('starting over: the data has changed since it was started');
  expect(await bodyOf(file)).toMatch(/"event_id":"3-4","version":2/);
});

test('an import that is killed at any time continues, and what arrives is the same', async () => {
  const before = await countFiles(target);
  const whole = await countFiles(source);
  for (const share of importKills) {
    const child = startCommand(['import', file], { env: { HH_DATA_DIR: target } });
    while (child.isRunning() && (await countFiles(target)) <= before + share * whole)
      await delay(20);
    await child.kill('SIGKILL');
  }

  const imported = await run(['import', file, '--json'], target);
  const again = await run(['import', file, '--json'], target);
  const copy = join(files, 'copy.jsonl');
  await run(['export', copy], target);

  expect(imported).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(again.stdout)).toMatchObject({ stored: { event: 0, project: 0, key: 0 } });
  expect(await bodyOf(copy)).toBe(await bodyOf(file));
});

test('a service on the imported data knows its keys and events', async () => {
  const service = await startService({ dataDir: target, key });
  const api = createOperationCaller(service);

  const { events } = await api.ok('exportEvents', {
    body: {
      project: 'shop',
      filters: [{ field: 'event_id', operator: 'is', value: '3-4', type: 'string' }],
    },
  });
  await service.stop();

  expect(events).toMatchObject([{ event_id: '3-4', metadata: { changed: true } }]);
});

test('a backup moves everything, too', async () => {
  const [backup, restored] = [join(files, 'backup'), await makeDataDir()];
  expect(await run(['backup', backup], source)).toMatchObject({ exitCode: 0 });
  const child = startCommand(['restore', backup], { env: { HH_DATA_DIR: restored } });
  while (child.isRunning() && (await countFiles(restored)) === 0) await delay(2);
  await child.kill('SIGKILL');
  const cutOff = !existsSync(join(restored, 'metadata.db'));

  if (cutOff) expect(await run(['restore', backup], restored)).toMatchObject({ exitCode: 0 });
  const copy = join(files, 'restored.jsonl');
  await run(['export', copy], restored);
  await removeDataDir(restored);

  expect(await bodyOf(copy)).toBe(await bodyOf(file));
});
