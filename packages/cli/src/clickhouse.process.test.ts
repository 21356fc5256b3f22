import { join } from 'node:path';
import {
  buildEvent,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startClickHouse,
  startService,
} from 'honeyhive-testkit';
import type { ClickHouseServer } from 'honeyhive-testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let server: ClickHouseServer;
let folder = '';

beforeAll(async () => {
  server = await startClickHouse();
  folder = await makeDataDir();
});
afterAll(async () => {
  await server.stop();
  await removeDataDir(folder);
});

const pathOf = (name: string): string => join(folder, name);

/** Runs a command with its data in a folder, and its events in a database of the server if one is named. */
const run = (args: readonly string[], name: string, database?: string) =>
  runCommand(args, {
    env: {
      HH_DATA_DIR: pathOf(name),
      ...(database === undefined ? {} : { HH_CLICKHOUSE_URL: `${server.url}/${database}` }),
    },
  });

test('an export carries events from ClickHouse to a data folder, and back to another database', async () => {
  const env = { HH_CLICKHOUSE_URL: `${server.url}/first` };
  const service = await startService({ dataDir: pathOf('source'), env });
  const events = Array.from({ length: 30 }, () => buildEvent());
  await createOperationCaller(service).ok('createEventBatch', {
    body: { project: 'shop', events },
  });
  await service.stop();

  const results = [
    await run(['export', pathOf('one.jsonl')], 'source', 'first'),
    await run(['import', pathOf('one.jsonl')], 'embedded'),
    await run(['export', pathOf('two.jsonl')], 'embedded'),
    await run(['import', pathOf('two.jsonl')], 'third', 'second'),
    await run(['export', pathOf('three.jsonl')], 'third', 'second'),
  ];

  // A root for each event.
  const counted = /2 projects, 1 key, 60 events/;
  for (const { exitCode, output } of results) {
    expect(output).toMatch(counted);
    expect(exitCode).toBe(0);
  }
});

test('a backup of a data folder without its events is refused, and so is restoring one', async () => {
  for (const command of ['backup', 'restore']) {
    const { exitCode, output } = await run([command, pathOf('backup')], 'source', 'first');

    expect(output).toContain('the events are on ClickHouse servers');
    expect(exitCode).toBe(1);
  }
});

const doctor = () =>
  runCommand(['doctor'], {
    env: {
      HH_DATA_DIR: pathOf('doctor'),
      HH_PORT: '0',
      HH_API_URL: '',
      HH_CLICKHOUSE_URL: `${server.url}/first`,
    },
  });

test('honeyhive doctor says what the server is and what the user may do there', async () => {
  const { stdout, exitCode } = await doctor();

  expect(stdout).toMatch(/✓ {2}ClickHouse 127\.0\.0\.1:\d+ +ClickHouse \d+/);
  expect(stdout).toContain('rights: the user has them');
  expect(stdout).toMatch(/clock: \d+ ms/);
  expect(stdout).toMatch(/disk: .* free/);
  expect(exitCode).toBe(0);
});

test('a cluster is refused for a database with tables of one host', async () => {
  const { exitCode, output } = await runCommand(['serve', '--port', '0'], {
    env: {
      HH_DATA_DIR: pathOf('clustered'),
      HH_CLICKHOUSE_URL: `${server.url}/first`,
      HH_CLICKHOUSE_CLUSTER: 'main',
    },
  });

  expect(output).toMatch(
    /The table first\.\w+ is not replicated\. A cluster needs an empty database/,
  );
  expect(exitCode).toBe(78);
});

test('a server that is away, or refuses the password, is named when the service starts', async () => {
  const url = new URL(server.url);
  url.password = 'hunter2';
  const refused = await runCommand(['serve', '--port', '0'], {
    env: { HH_DATA_DIR: pathOf('new'), HH_CLICKHOUSE_URL: url.href },
  });
  await server.kill();
  const away = await run(['serve', '--port', '0'], 'new', 'first');
  const found = await doctor();

  expect(refused.output).toContain('it refuses the user or the password');
  expect(refused.output).not.toContain('hunter2');
  expect(away.output).toContain(`ECONNREFUSED. connect ECONNREFUSED 127.0.0.1:${url.port}`);
  expect(away.output).toContain('Check HH_CLICKHOUSE_URL');
  expect(away.output).not.toContain(server.password);
  expect(found.stdout).toContain('✗  ClickHouse');
  expect(found.stdout).toContain('The ClickHouse server cannot be used: ECONNREFUSED.');
  expect(found.output).not.toContain(server.password);
  expect([refused.exitCode, away.exitCode, found.exitCode]).toEqual([1, 1, 1]);
});
