import { expect, test } from 'vitest';
import { openTestEngine } from '../../testing/open-test-engine.ts';
import { costSumSql } from './cost-sum.ts';
import { readRows } from '../engine/row-binary.ts';

const engine = await openTestEngine();

async function sumOf(costs: readonly number[], condition?: string): Promise<number> {
  const rows = `SELECT arrayJoin(CAST([${costs.join(', ')}] AS Array(Float64))) AS cost`;
  const sql = `SELECT toFloat64(${costSumSql('cost', condition)}) FROM (${rows})`;
  const [sum = NaN] = readRows(await engine.query({ sql, params: {} }), (cursor) =>
    cursor.float64(),
  );
  return sum;
}

test.each([
  ['what decimals add up to', [0.1, 0.2], 0.3],
  ['many small ones', Array.from({ length: 500 }, () => 0.00008976), 0.04488],
  ['the price of one token', [0.000_000_02, 0.000_000_02], 0.000_000_04],
  ['a million dollars and a cent', [999_999.99, 0.02], 1_000_000.01],
  ['more than any account has', [1e300, 2e300], 3e300],
  ['what was paid back', [1.1, -2.2], -1.1],
  ['none', [], 0],
])('a sum of costs: %s', async (_, costs, sum) => {
  expect(await sumOf(costs)).toBe(sum);
});

test('is the same in every order', async () => {
  const costs = Array.from({ length: 301 }, (_, index) => 0.013 * (index % 17) + 0.000_000_7);
  const sum = await sumOf(costs);

  expect(await sumOf(costs.toReversed())).toBe(sum);
  expect(await sumOf(costs.toSorted((a, b) => a - b))).toBe(sum);
});

test('counts what meets the condition', async () => {
  expect(await sumOf([0.1, 0.2, 4], 'cost < 1')).toBe(0.3);
});
