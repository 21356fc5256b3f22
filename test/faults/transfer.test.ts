import {
  buildEvent,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startCommand,
  startService,
} from 'honeyhive-testkit';
import type { CommandResult } from 'honeyhive-testkit';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';

const batches = 30;
const batchEvents = 500;
const source = await makeDataDir();
const files = await makeDataDir();
const file = join(files, 'all.jsonl');
let target = '';
let key = '';

const run = (args: readonly string[], dataDir: string): Promise<CommandResult> =>
  runCommand(args, { env: { HH_DATA_DIR: dataDir } });

/** All lines but the header, which has the time in it. */
async function bodyOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
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
  await api.ok('updateEvent', { body: { event_id: '3-4', metadata: { changed: true } } });
  await service.stop();
});
afterAll(async () => {
  for (const folder of [source, files, target]) await removeDataDir(folder);
});

test('an export that is killed leaves no file of that name, and the next one is whole', async () => {
  const child = startCommand(['export', file], { env: { HH_DATA_DIR: source } });
  const size = (): Promise<number> =>
    stat(`${file}.partial`).then(
      (found) => found.size,
      () => 0,
    );
  while (child.isRunning() && (await size()) === 0) await delay(2);
  await child.kill('SIGKILL');
  expect(existsSync(`${file}.partial`)).toBe(true);
  expect(existsSync(file)).toBe(false);

  const { exitCode, stdout } = await run(['export', file, '--json'], source);

  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { project: 2, key: 1 } });
  expect(existsSync(`${file}.partial`)).toBe(false);
});

test('an import that is killed at any time goes on, and what arrives is the same', async () => {
  for (const afterMs of [400, 600, 800, 1_000, 1_300]) {
    const child = startCommand(['import', file], { env: { HH_DATA_DIR: target } });
    await delay(afterMs);
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
  await delay(350);
  await child.kill('SIGKILL');
  const cutOff = !existsSync(join(restored, 'metadata.db'));

  if (cutOff) expect(await run(['restore', backup], restored)).toMatchObject({ exitCode: 0 });
  const copy = join(files, 'restored.jsonl');
  await run(['export', copy], restored);
  await removeDataDir(restored);

  expect(await bodyOf(copy)).toBe(await bodyOf(file));
});
