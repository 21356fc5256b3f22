import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveConfig } from './config.ts';
import { readClickHouse } from './secret-file.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'honeyhive-secret-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const read = (env: Record<string, string>) => readClickHouse(resolveConfig({}, env).config);

test('events are in the data folder by default', async () => {
  expect(await read({})).toBeNull();
});

test('the address of ClickHouse, its password and its certificates come from files', async () => {
  const target = await read({
    HH_CLICKHOUSE_URL_FILE: await write('url', ' https://ann@ch1,ch2:9443/traces\n'),
    HH_CLICKHOUSE_PASSWORD_FILE: await write('password', 'p@ss:/\n'),
    HH_CLICKHOUSE_CA_FILE: await write('ca', 'PEM\n'),
    HH_CLICKHOUSE_CLUSTER: 'main',
    HH_CLICKHOUSE_INSERT_QUORUM: '2',
  });

  expect(target).toEqual({
    hosts: ['https://ch1:8443', 'https://ch2:9443'],
    database: 'traces',
    user: 'ann',
    password: 'p@ss:/',
    caCert: Buffer.from('PEM'),
    cluster: 'main',
    insertQuorum: 2,
  });
});

test('a file without an address is refused without its text, and so is a missing one', async () => {
  const path = await write('url', 'tcp://ann:hunter2@ch1:9000');

  const error: unknown = await read({ HH_CLICKHOUSE_URL_FILE: path }).catch((e: unknown) => e);

  expect(String(error)).toMatch(/HH_CLICKHOUSE_URL_FILE .* must be none, or a URL such as https:/);
  expect(String(error)).not.toContain('hunter2');
  await expect(
    read({ HH_CLICKHOUSE_URL: 'http://a', HH_CLICKHOUSE_PASSWORD_FILE: join(folder, 'missing') }),
  ).rejects.toThrow(/HH_CLICKHOUSE_PASSWORD_FILE .* cannot be read: ENOENT/);
});
