import { createClient } from '@clickhouse/client';
import type { ClickHouseClientConfigOptions } from '@clickhouse/client';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startClickHouse } from './clickhouse-server.ts';
import type { ClickHouseServer } from './clickhouse-server.ts';

let server: ClickHouseServer;

beforeAll(async () => {
  server = await startClickHouse();
  await open().command({ query: 'CREATE DATABASE shop' });
});
afterAll(() => server.stop());

const open = (options: ClickHouseClientConfigOptions = {}) =>
  createClient({ url: server.url, log: { level: 127 }, ...options });

const ask = async (query: string, options: ClickHouseClientConfigOptions = {}): Promise<string> => {
  const { stream } = await open(options).exec({ query });
  return (await buffer(stream)).toString();
};

/** A request without the client, for what the client never sends. */
async function send(path: string, options: RequestInit = {}) {
  const { origin } = new URL(server.url);
  const response = await fetch(origin + path, options);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const credentials = () => {
  const { username, password } = new URL(server.url);
  return { 'x-clickhouse-user': username, 'x-clickhouse-key': decodeURIComponent(password) };
};

describe('the client of ClickHouse, unmodified', () => {
  test('pings, creates, inserts and reads, compressed or not', async () => {
    const client = open({ database: 'shop', compression: { request: true, response: true } });
    expect(await client.ping()).toEqual({ success: true });
    await client.command({ query: 'CREATE TABLE sold (id UInt32, name String) ORDER BY id' });

    await client.insert({
      table: 'sold',
      columns: ['id', 'name'],
      values: [{ id: 1, name: 'shoes' }],
      format: 'JSONEachRow',
    });
    await client.insert({
      table: 'sold',
      values: Readable.from(['2\that\n'], { objectMode: false }),
      format: 'TabSeparated',
    });

    const rows = await client.query({ query: 'SELECT * FROM sold ORDER BY id' });
    expect((await rows.json()).data).toEqual([
      { id: 1, name: 'shoes' },
      { id: 2, name: 'hat' },
    ]);
    expect(await ask('SELECT name FROM sold ORDER BY id', { database: 'shop' })).toBe(
      'shoes\nhat\n',
    );
    await client.close();
  });

  test('binds parameters, whatever is in them', async () => {
    const nasty = "it's \\ \n\t'; DROP {x:String} é😀";
    const result = await open().query({
      query: 'SELECT {a:String} AS a, {list:Array(String)} AS list, {n:UInt8} AS n',
      query_params: { a: nasty, list: [nasty, 'b'], n: 7 },
      format: 'JSONEachRow',
    });

    expect(await result.json()).toEqual([{ a: nasty, list: [nasty, 'b'], n: 7 }]);
  });

  test('passes settings for one request, and the next one has its own', async () => {
    const query = "SELECT getSetting('max_threads'), getSetting('readonly')";
    const set = await open().exec({
      query,
      clickhouse_settings: { max_threads: 3, readonly: '2' },
    });

    expect((await buffer(set.stream)).toString()).toBe('3\t2\n');
    expect(await ask("SELECT getSetting('readonly')")).toBe('0\n');
  });

  test.each([
    ['SELEC 1', '62'],
    ['SELECT * FROM shop.missing', '60'],
    ["SELECT throwIf(1, 'no')", '395'],
    ['SELECT 1; SELECT 2', '62'],
  ])('gets the code of an error: %s', async (query, code) => {
    await expect(open().command({ query })).rejects.toMatchObject({ code });
  });

  test('is refused with a wrong password', async () => {
    const url = new URL(server.url);
    url.password = 'wrong';
    const client = open({ url });

    await expect(client.command({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '516' });
  });

  test.each([
    ['an unknown database', { database: 'missing' }, '81'],
    ['an unknown setting', { clickhouse_settings: { no_such_setting: 1 } }, '115'],
    ['a session', { session_id: 's1' }, '48'],
  ])('is refused with %s', async (_, options, code) => {
    await expect(open(options).command({ query: 'SELECT 1' })).rejects.toMatchObject({ code });
  });
});

describe('a query that is cancelled', () => {
  const endless = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1';
  const countRunning = () =>
    ask(`SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number) = 1'`);

  test('by KILL QUERY fails with its code', async () => {
    const ended = open()
      .command({ query: endless, query_id: 'endless' })
      .catch((error: unknown) => error);
    await expect.poll(countRunning).toBe('1\n');

    await open().command({ query: "KILL QUERY WHERE query_id = 'endless' ASYNC" });

    expect(await ended).toMatchObject({ code: '394' });
  });

  test('ends when its client disconnects', async () => {
    const controller = new AbortController();
    const ended = open()
      .command({
        query: endless,
        abort_signal: controller.signal,
        clickhouse_settings: { cancel_http_readonly_queries_on_client_close: 1 },
      })
      .catch((error: unknown) => error);
    await expect.poll(countRunning).toBe('1\n');

    controller.abort();

    expect(await ended).toBeInstanceOf(Error);
    await expect.poll(countRunning).toBe('0\n');
  });
});

describe('the interface', () => {
  test('answers pings without a user, and unknown paths with 404', async () => {
    expect(await send('/ping')).toMatchObject({ status: 200, text: 'Ok.\n' });
    expect((await send('/nothing')).status).toBe(404);
  });

  test('reads the statement from the address and the body, and users from headers', async () => {
    const answer = await send('/?query=SELECT&query_id=q1&default_format=CSV', {
      method: 'POST',
      headers: credentials(),
      body: "1, 'a'",
    });

    expect(answer).toMatchObject({ status: 200, text: '1,"a"\n' });
    expect(answer.headers.get('x-clickhouse-query-id')).toBe('q1');
    expect(answer.headers.get('x-clickhouse-format')).toBe('CSV');
    expect(JSON.parse(answer.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({
      read_rows: '1',
    });
  });

  test('takes a body that is deflated, and FORMAT over the default one', async () => {
    const answer = await send('/', {
      method: 'POST',
      headers: { ...credentials(), 'content-encoding': 'deflate' },
      body: deflateSync('SELECT 1 AS x FORMAT JSONEachRow'),
    });

    expect(answer.text).toBe('{"x":1}\n');
  });

  test('answers errors with their status, their code and their text', async () => {
    const answer = await send('/?query=SELECT+*+FROM+missing', { headers: credentials() });

    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-clickhouse-exception-code')).toBe('60');
    expect(answer.text).toMatch(/^Code: 60\. DB::Exception: .*\(UNKNOWN_TABLE\) \(version [\d.]+/);
  });

  test('changes nothing for a GET', async () => {
    const answer = await send('/?query=CREATE+DATABASE+other', { headers: credentials() });

    expect(answer.headers.get('x-clickhouse-exception-code')).toBe('164');
  });
});

test('what was acknowledged is there after it was killed and started again', async () => {
  await open().command({ query: 'CREATE TABLE shop.kept (id UInt32) ORDER BY id' });
  await open({ database: 'shop' }).insert({
    table: 'kept',
    values: [{ id: 7 }],
    format: 'JSONEachRow',
  });

  await server.kill();
  expect(server.isRunning()).toBe(false);
  await expect(ask('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await server.restart();

  expect(await ask('SELECT id FROM shop.kept')).toBe('7\n');
});
