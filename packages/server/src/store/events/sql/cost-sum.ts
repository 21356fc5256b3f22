/** From here on, a billionth of a dollar is below what a double can distinguish. */
const coarseUsd = 1_000_000;

/**
 * The sum of costs in US dollars, of those rows that meet the condition: to a billionth of a dollar, and the same in
 * whatever order the engine reads them. Floats that are just added differ in their last digits from one order to
 * another.
 */
export function costSumSql(cost: string, condition = '1'): string {
  const sum = `sumKahanIf(${cost}, ${condition})`;
  return `if(abs(${sum}) < ${coarseUsd}, round(${sum}, 9), ${sum})`;
}

/** The same rounding of a sum of such sums. */
export const roundCost = (usd: number): number =>
  Math.abs(usd) < coarseUsd ? Math.round(usd * 1e9) / 1e9 : usd;
