import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startClickHouse } from 'honeyhive-testkit';
import type { ClickHouseServer } from 'honeyhive-testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../clock.ts';
import { testEngine } from '../../testing/engine-contract.ts';
import { parseClickHouseUrl } from './clickhouse-address.ts';
import type { ClickHouseTarget } from './clickhouse-address.ts';
import type { EventEngine } from './engine.ts';
import { StoreUnreachable } from './host-error.ts';
import { openRemoteEngine } from './remote-engine.ts';
import type { RemoteEngineOptions } from './remote-engine.ts';
import { readRows } from './row-binary.ts';

let server: ClickHouseServer;
let database = '';

beforeAll(async () => {
  server = await startClickHouse();
});
afterAll(() => server.stop());
beforeEach(() => {
  database = `test_${randomUUID().replaceAll('-', '')}`;
});

const targetOf = (url: string): ClickHouseTarget => {
  const address = parseClickHouseUrl(`${url}/${database}`);
  if (address === null) throw new Error(`no address: ${url}`);
  return { ...address, caCert: null, cluster: null, insertQuorum: 0 };
};

testEngine((options) => openRemoteEngine({ ...options, target: targetOf(server.url) }));

const open = (options: Partial<RemoteEngineOptions> = {}): Promise<EventEngine> =>
  openRemoteEngine({
    target: targetOf(server.url),
    readerCount: 2,
    limits: { timeoutMs: 60_000, memoryBytes: 1024 ** 3, resultBytes: 1024 ** 3 },
    maxWaiting: 10,
    maxWaitMs: 10_000,
    clock: systemClock,
    ...options,
  });

const count = async (engine: EventEngine): Promise<number[]> =>
  readRows(await engine.query({ sql: 'SELECT count() FROM t' }), (cursor) => cursor.uint64());

const insert = (engine: EventEngine, text: string): Promise<void> =>
  engine.insert({ table: 't', columns: ['a'], tsv: Buffer.from(text) });

const createTable = (engine: EventEngine): Promise<void> =>
  engine.command({
    sql: 'CREATE TABLE t (a String) ORDER BY a SETTINGS non_replicated_deduplication_window = 100',
  });

/** Forwards requests to the server, as `answer` decides for each. */
async function startBalancer(
  decide: (index: number) => 'forward' | 'cut before' | 'cut after' | 'refuse',
) {
  let index = 0;
  const listener: RequestListener = (request, response) => {
    const decision = decide(index);
    index += 1;
    if (decision === 'cut before') {
      request.socket.destroy();
      return;
    }
    if (decision === 'refuse') {
      response.statusCode = 502;
      response.end('<html>Bad Gateway</html>');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void fetch(new URL(request.url ?? '/', new URL(server.url).origin), {
        method: request.method ?? 'GET',
        headers: { authorization: request.headers.authorization ?? '' },
        body: Buffer.concat(chunks),
      }).then(async (answer) => {
        const body = Buffer.from(await answer.arrayBuffer());
        if (decision === 'cut after') {
          request.socket.destroy();
          return;
        }
        response.statusCode = answer.status;
        response.end(body);
      });
    });
  };
  const balancer = createServer(listener);
  balancer.listen(0, '127.0.0.1');
  await once(balancer, 'listening');
  const { port } = balancer.address() as AddressInfo;
  const url = new URL(server.url);
  url.port = String(port);
  return {
    url: url.href.replace(/\/$/, ''),
    requestCount: () => index,
    close() {
      balancer.close();
      balancer.closeAllConnections();
    },
  };
}

describe('a connection that ends before the answer', () => {
  test.each(['cut before', 'cut after'] as const)(
    '%s it stored an insert: its rows are there once',
    async (cut) => {
      let cutsLeft = 0;
      const balancer = await startBalancer(() => {
        cutsLeft -= 1;
        return cutsLeft === 0 ? cut : 'forward';
      });
      const engine = await open({ target: targetOf(balancer.url) });
      await createTable(engine);

      cutsLeft = 1;
      await insert(engine, 'x\n');

      expect(cutsLeft).toBe(-1);
      expect(await count(engine)).toEqual([1]);
      // The same rows again are another insert.
      await insert(engine, 'x\n');
      expect(await count(engine)).toEqual([2]);
      await engine.close();
      balancer.close();
    },
  );

  test('is retried once', async () => {
    let isCutting = false;
    const balancer = await startBalancer(() => (isCutting ? 'cut before' : 'forward'));
    const engine = await open({ target: targetOf(balancer.url) });
    isCutting = true;
    const before = balancer.requestCount();

    await expect(engine.query({ sql: 'SELECT 1' })).rejects.toThrow(StoreUnreachable);

    expect(balancer.requestCount() - before).toBe(2);
    await engine.close();
    balancer.close();
  });

  test('a page of a proxy says nothing of the statement, and is not quoted', async () => {
    let isRefusing = false;
    const balancer = await startBalancer(() => (isRefusing ? 'refuse' : 'forward'));
    const engine = await open({ target: targetOf(balancer.url) });
    isRefusing = true;

    await expect(engine.query({ sql: 'SELECT 1' })).rejects.toThrow(
      'The ClickHouse server cannot be used: bad answer.',
    );

    await engine.close();
    balancer.close();
  });
});

describe('several hosts', () => {
  test('another one is asked when one refuses, and it is the first one from then on', async () => {
    let isAway = false;
    const first = await startBalancer(() => (isAway ? 'cut before' : 'forward'));
    const second = await startBalancer(() => 'forward');
    const { host } = new URL(second.url);
    const engine = await open({ target: targetOf(`${first.url},${host}`) });
    await createTable(engine);
    await insert(engine, 'x\n');
    expect(second.requestCount()).toBe(0);

    isAway = true;
    await insert(engine, 'y\n');
    expect(await count(engine)).toEqual([2]);
    const asked = first.requestCount();
    isAway = false;
    expect(await count(engine)).toEqual([2]);

    expect(first.requestCount()).toBe(asked);
    await engine.close();
    first.close();
    second.close();
  });
});

describe('a server that is away', () => {
  test('is reported as unreachable for everybody, without its password, until it is back', async () => {
    const engine = await open();
    await createTable(engine);
    await insert(engine, 'x\n');
    await server.kill();

    for (const work of [
      () => insert(engine, 'y\n'),
      () => engine.query({ sql: 'SELECT 1' }),
      () => engine.command({ sql: 'OPTIMIZE TABLE t' }),
    ]) {
      const error: unknown = await work().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StoreUnreachable);
      expect(error).toMatchObject({ isForAll: true });
      expect(String(error)).toMatch(/The ClickHouse server cannot be used: ECONN/);
      expect(String(error)).not.toContain(server.password);
    }
    await server.restart();

    expect(await count(engine)).toEqual([1]);
    await insert(engine, 'z\n');
    expect(await count(engine)).toEqual([2]);
    await engine.close();
  });

  test('refuses a wrong password when the engine is opened, and says so', async () => {
    const target = { ...targetOf(server.url), password: 'wrong' };

    await expect(open({ target })).rejects.toThrow(/refuses the user or the password/);
  });
});

test('ids that fill megabytes are parameters of a query', async () => {
  const engine = await open();
  const ids = Array.from({ length: 60_000 }, (_, index) => `${index}-${'x'.repeat(40)}`);

  const sql =
    "SELECT toUInt64(countIf(has({ids:Array(String)}, id))) FROM (SELECT '1-' || repeat('x', 40) AS id)";
  const answer = await engine.query({ sql, params: { ids } });

  expect(readRows(answer, (cursor) => cursor.uint64())).toEqual([1]);
  await engine.close();
});
