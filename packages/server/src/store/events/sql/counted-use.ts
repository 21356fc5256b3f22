import { useBits } from '../../../domain/use-tree.ts';

const bitOf = {
  prompt_tokens: useBits.tokens,
  completion_tokens: useBits.tokens,
  total_tokens: useBits.tokens,
  cost_usd: useBits.cost,
} as const;

/** Whether a column is a number of what was used. */
export const isUse = (column: string): column is keyof typeof bitOf => column in bitOf;

/** Whether an event is a call of a model that no event below it is, too: libraries nest spans of one call. */
export const isCountedCall = `event_type = 'model' AND bitAnd(repeated_use, ${useBits.call}) = 0`;

/** Whether sums count the number in the column: nothing below its event says what was used. */
export const isCountedSql = (column: keyof typeof bitOf): string =>
  `bitAnd(repeated_use, ${bitOf[column]}) = 0`;

/** Whether sums of costs lack an event: it used tokens, which count, of a model that has no price. */
export const isUnknownCost = `cost_source = 'unknown' AND ${isCountedSql('total_tokens')}`;
