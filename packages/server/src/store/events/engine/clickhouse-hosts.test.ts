import { expect, test } from 'vitest';
import { ClickHouseHosts } from './clickhouse-hosts.ts';
import { StoreUnreachable } from './host-error.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** Notes which hosts are asked; those that are away fail with the error. */
function createHosts(names: string[], away: Map<string, Error>) {
  const hosts = new ClickHouseHosts(names);
  const asked: string[] = [];
  const run = () =>
    hosts.run(async (name) => {
      asked.push(name);
      const error = away.get(name);
      if (error) throw error;
      return name;
    });
  return { run, asked };
}

test('the host that answered last is asked first', async () => {
  const away = new Map([['a', failure('ECONNREFUSED')]]);
  const { run, asked } = createHosts(['a', 'b', 'c'], away);

  expect(await run()).toBe('b');
  away.clear();
  expect(await run()).toBe('b');
  expect(asked).toEqual(['a', 'b', 'b']);
});

test('each host is asked once, and the last error is the cause', async () => {
  const last = failure('ETIMEDOUT');
  const away = new Map([
    ['a', failure('ECONNREFUSED')],
    ['b', last],
  ]);
  const { run, asked } = createHosts(['a', 'b'], away);

  const error: unknown = await run().catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(StoreUnreachable);
  expect(error).toMatchObject({ cause: last, isForAll: true });
  expect(asked).toEqual(['a', 'b']);
});

test.each([
  ['ECONNRESET', 2],
  ['ECONNREFUSED', 1],
])('a single host that fails with %s is asked %d times', async (code, times) => {
  const { run, asked } = createHosts(['a'], new Map([['a', failure(code)]]));

  await expect(run()).rejects.toThrow(code);

  expect(asked).toHaveLength(times);
});

test('a statement that is wrong stays on its host', async () => {
  const wrong = Object.assign(new Error('Syntax error'), { clickhouseCode: 62 });
  const { run, asked } = createHosts(['a', 'b'], new Map([['a', wrong]]));

  await expect(run()).rejects.toBe(wrong);

  expect(asked).toEqual(['a']);
});
