import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildEvent,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startService,
} from 'honeyhive-testkit';
import type { CommandResult } from 'honeyhive-testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const guide = fileURLToPath(new URL('../../../docs/guide/service.md', import.meta.url));
let source = '';
let folder = '';

beforeAll(async () => {
  source = await makeDataDir();
  folder = await makeDataDir();
  const service = await startService({ dataDir: source });
  const api = createOperationCaller(service);
  const events = Array.from({ length: 20 }, () => buildEvent());
  await api.ok('createEventBatch', { body: { project: 'shop', events } });
  await service.stop();
});
afterAll(async () => {
  await removeDataDir(source);
  await removeDataDir(folder);
});

/** Runs a command in the scratch folder; the data are in `dataDir`. */
const run = (args: readonly string[], dataDir = source): Promise<CommandResult> =>
  runCommand(args, { env: { HH_DATA_DIR: dataDir }, cwd: folder });

describe('the commands of the guide', { timeout: 240_000 }, () => {
  test('run in their order, and carry everything', async () => {
    const text = await readFile(guide, 'utf8');
    const commands = [
      ...text.matchAll(/^npm run honeyhive -- ((?:export|import|backup|restore) .*)$/gm),
    ]
      .map(([, command = '']) => command.replaceAll('/backups', join(folder, 'backups')))
      // One of two ways to make the same folder: each gets its own.
      .map((command, index) => command.replace('./elsewhere', `./elsewhere-${index}`));

    const results: CommandResult[] = [];
    for (const command of commands) results.push(await run(command.split(' ')));

    expect(commands).toHaveLength(5);
    expect(results.map(({ exitCode, output }) => [exitCode, output])).toEqual([
      [0, expect.stringMatching(/^everything\.jsonl\.zst: 2 projects, 1 key, 40 events in /)],
      [0, expect.stringMatching(/^shop\.jsonl: 1 project, 0 keys, 40 events in /)],
      [0, expect.stringContaining('stored: 2 projects, 1 key, 40 events')],
      [0, expect.stringMatching(/backups\/monday: 40 events, and everything else\n$/)],
      [0, expect.stringMatching(/elsewhere-4: 40 events, as of /)],
    ]);
  });
});

describe('what cannot be done is refused with the reason', { timeout: 240_000 }, () => {
  test.each([
    ['export', 'x.jsonl'],
    ['import', 'all.jsonl'],
    ['backup', 'b'],
    ['restore', 'b'],
  ])('%s while a service runs names it', async (...args) => {
    await run(['export', 'all.jsonl']);
    const service = await startService();
    const { exitCode, output } = await run(args, service.dataDir);
    await service.stop();

    expect(exitCode).toBe(1);
    expect(output).toContain(`Process ${service.pid}`);
    expect(output).toContain('Stop it');
  });

  test.each([
    [['export', 'a.json'], 1, 'the name has to end in .jsonl, or in .jsonl.zst or .jsonl.gz'],
    [['export', 'a.jsonl', '--project', 'none'], 1, 'there is no project "none"'],
    [['export', 'no/such/folder/a.jsonl'], 1, 'no such file or folder'],
    [['export'], 2, 'FILE is missing'],
    [['import', 'none.jsonl'], 1, 'none.jsonl: no such file or folder'],
    [['restore', 'none'], 1, 'holds no whole backup'],
  ])('%j', async (args, code, message) => {
    const { exitCode, output } = await run(args);

    expect(output).toContain(message);
    expect(output).not.toContain('unexpected failure');
    expect(exitCode).toBe(code);
  });

  test('a folder without data is not exported or backed up', async () => {
    for (const args of [
      ['export', 'y.jsonl'],
      ['backup', 'c'],
    ]) {
      const { exitCode, output } = await run(args, join(folder, 'nothing'));

      expect(exitCode).toBe(1);
      expect(output).toContain('there is no data in');
    }
  });

  test('a project whose name is taken is refused with what to do, and that works', async () => {
    await run(['export', 'moved.jsonl']);
    const target = join(folder, 'with its own default');
    const service = await startService({ dataDir: target });
    await service.stop();

    const refused = await run(['import', 'moved.jsonl'], target);
    const both = await run(['import', 'moved.jsonl', '--as', 'a', '--into', 'default'], target);
    const nowhere = await run(['import', 'moved.jsonl', '--into', 'nowhere'], target);
    const options = ['--project', 'shop', '--as', 'moved shop', '--json'];
    const moved = await run(['import', 'moved.jsonl', ...options], target);
    const more = await run(
      ['import', 'moved.jsonl', '--project', 'shop', '--into', 'default', '--json'],
      target,
    );

    expect([refused.exitCode, both.exitCode, nowhere.exitCode]).toEqual([1, 2, 1]);
    expect(refused.output).toContain('another project has the name "default"');
    expect(refused.output).toContain('--into NAME');
    expect(both.output).toContain('use only one of them');
    expect(nowhere.output).toContain('there is no project "nowhere"');
    expect(JSON.parse(moved.stdout)).toMatchObject({ stored: { project: 1, event: 40, key: 0 } });
    expect(JSON.parse(more.stdout)).toMatchObject({ stored: { project: 0, event: 40 } });
  });

  test('a damaged file is refused with its line, and nothing is duplicated when it is complete', async () => {
    await run(['export', 'whole.jsonl']);
    const text = await readFile(join(folder, 'whole.jsonl'), 'utf8');
    await writeFile(join(folder, 'damaged.jsonl'), text.replace('look up order', 'look up ardor'));
    const target = join(folder, 'damaged');

    const refused = await run(['import', 'damaged.jsonl'], target);
    const { stdout } = await run(['import', 'whole.jsonl', '--json'], target);

    expect(refused.exitCode).toBe(1);
    expect(refused.output).toMatch(/^honeyhive: line \d+: it is damaged/);
    expect(JSON.parse(stdout)).toMatchObject({ stored: { event: 40 }, conflicts: 0 });
  });
});
