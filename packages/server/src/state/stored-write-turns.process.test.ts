import { createPostgresDatabase, queryPostgres, startPostgres } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { StoreUnavailable } from '../domain/event-store.ts';
import { openPostgres } from '../store/metadata/postgres-dialect.ts';
import { createTurnLocks } from '../store/metadata/turn-locks.ts';
import { createStoredWriteTurns } from './stored-write-turns.ts';

const postgres = await startPostgres();
const url = await createPostgresDatabase(postgres.url);
await queryPostgres(url, 'CREATE SEQUENCE write_turns');
const databases = [1, 2].map(() => openPostgres({ url, maxConnections: 2 }));
const [one, other] = databases.map((database) => createStoredWriteTurns(createTurnLocks(database)));
if (!one || !other) throw new Error('no turns');
afterAll(async () => {
  for (const database of databases) await database.destroy();
  await postgres.stop();
});

/** Work that ends on request. */
function openWork() {
  let end = (): void => undefined;
  let begin = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return {
    begun,
    end,
    async run(): Promise<void> {
      begin();
      await ended;
    },
  };
}

const many = Array.from({ length: 1_500 }, (_each, index) => `id ${index}`);

test.each([
  ['with an id in common', ['a', 'b'], ['b', 'c'], true],
  ['without one', ['a', 'b'], ['c', 'd'], false],
  ['of more ids than there are locks for', ['a'], many, true],
])('two turns %s', async (_name, ids, others, waits) => {
  const work = openWork();
  const order: string[] = [];
  const first = one.run(ids, async () => {
    await work.run();
    order.push('first');
  });
  await work.begun;

  const second = other.run(others, async () => void order.push('second'));
  if (waits) await systemClock.sleep(200);
  else await second;
  work.end();
  await Promise.all([first, second]);

  expect(order).toEqual(waits ? ['first', 'second'] : ['second', 'first']);
});

test('turns are numbered in their order, and know which ids they have', async () => {
  const numbers: (number | null)[] = [];
  for (const turns of [one, other, one])
    await turns.run(['a', 'b'], async ({ number, missing }) => {
      numbers.push(number);
      expect(missing(['a', 'c', 'c', 'd'])).toEqual(['c', 'd']);
    });

  expect(numbers).toEqual(numbers.toSorted((a, b) => Number(a) - Number(b)));
  expect(new Set(numbers).size).toBe(3);
});

test('work whose turn was taken away counts as not done', async () => {
  const work = openWork();
  const turn = one.run(['a'], () => work.run());
  await work.begun;
  await queryPostgres(
    url,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'",
  );
  await other.run(['a'], async () => undefined);
  work.end();

  await expect(turn).rejects.toThrow(StoreUnavailable);
});
