import { useBits } from '../../../domain/use-tree.ts';

const bitOf = {
  prompt_tokens: useBits.tokens,
  completion_tokens: useBits.tokens,
  total_tokens: useBits.tokens,
  cost_usd: useBits.cost,
} as const;

/** Whether a column is a number of what was used. */
export const isUse = (column: string): column is keyof typeof bitOf => column in bitOf;

/** Whether sums count the number in the column: nothing below its event says what was used. */
export const isCountedSql = (column: keyof typeof bitOf): string =>
  `bitAnd(repeated_use, ${bitOf[column]}) = 0`;
