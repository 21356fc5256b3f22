import {
  createKey,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startService,
} from 'honeyhive-testkit';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = await makeDataDir();
const dataDir = join(folder, 'data');
const env = { HH_DATA_DIR: dataDir };
afterAll(() => removeDataDir(folder));

interface Entry {
  readonly action: string;
  readonly actor: string;
  readonly target: string | null;
}

async function readAudit(dir = dataDir): Promise<Entry[]> {
  const { stdout } = await runCommand(['audit', '--json'], { env: { HH_DATA_DIR: dir } });
  const entries: Entry[] = JSON.parse(stdout);
  return entries.toReversed();
}

test('what is done over HTTP, by commands and by the first start is in one log, which outlives the service', async () => {
  const service = await startService({ dataDir });
  const api = createOperationCaller(service);
  const made = await api.ok('createKey', { body: { name: 'leaked', access: 'full' } });
  const child = createOperationCaller({ url: service.url, key: made.api_key });
  const second = await child.ok('createKey', { body: { name: 'child', access: 'read' } });
  await api.refused('updateProjectSettings', 404, { params: { project_id: 'none' }, body: {} });
  const { id } = await createKey(dataDir);
  const revoked = await runCommand(['keys', 'revoke', made.key.id, '--with-children'], { env });
  const listed = await runCommand(['keys', 'list'], { env });
  const { output } = service;
  await service.kill('SIGTERM');
  const file = join(folder, 'all.jsonl');
  await runCommand(['export', file], { env });
  await runCommand(['backup', join(folder, 'backup')], { env });
  const elsewhere = join(folder, 'elsewhere');
  await runCommand(['restore', join(folder, 'backup')], { env: { HH_DATA_DIR: elsewhere } });
  const imported = join(folder, 'imported');
  await runCommand(['import', file], { env: { HH_DATA_DIR: imported } });
  const moved = await runCommand(['keys', 'list', '--json'], { env: { HH_DATA_DIR: imported } });

  expect(revoked.stdout).toBe(
    `Key ${made.key.id} is revoked.\n1 key made with it revoked: ${second.key.id}\n`,
  );
  expect(listed.stdout).toMatch(new RegExp(`^${second.key.id} .* ${made.key.id} +revoked$`, 'm'));
  const me = made.key.created_by;
  expect((await readAudit()).map(({ action, actor, target }) => [action, actor, target])).toEqual([
    ['key.create', 'first start', me],
    ['key.create', me, made.key.id],
    ['key.create', made.key.id, second.key.id],
    ['settings.update', me, 'none'],
    ['key.create', 'cli', id],
    ['key.revoke', 'cli', made.key.id],
    ['key.revoke', 'cli', second.key.id],
    ['data.export', 'cli', file],
    ['data.backup', 'cli', join(folder, 'backup')],
  ]);
  expect((await readAudit(elsewhere)).at(-1)).toMatchObject({ action: 'data.restore' });
  expect((await readAudit(imported)).at(-1)).toMatchObject({ action: 'data.import', target: file });
  expect(JSON.parse(moved.stdout)).toContainEqual(
    expect.objectContaining({ id: second.key.id, created_by: made.key.id }),
  );

  const lines = output()
    .split('\n')
    .filter((line) => line.includes('"audit":true'));
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    expect.objectContaining({ action: 'key.create', actor: 'first start', level: 30 }),
    expect.objectContaining({ action: 'key.create', actor: me, targets: [made.key.id] }),
    expect.objectContaining({ action: 'key.create', actor: made.key.id, actorName: 'leaked' }),
    expect.objectContaining({ action: 'settings.update', outcome: 'not_found' }),
  ]);
  expect(lines.join('')).not.toContain(made.api_key.slice(16));
});

test('projects that are made by sending to them are in it', async () => {
  const service = await startService({ dataDir: join(folder, 'sending') });
  const api = createOperationCaller(service);
  await api.ok('startSession', { body: { session: { project: 'new by sending' } } });
  await api.ok('startSession', { body: { session: { project: 'new by sending' } } });
  const { entries } = await api.ok('listAudit');
  await service.stop();

  const made = entries.filter(({ action }) => action === 'project.create');
  expect(made).toHaveLength(1);
  expect(made[0]?.actor).toBe(service.key.split('_')[1]);
});
