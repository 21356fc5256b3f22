import { formatCompact, formatCount } from './number.ts';

/** `812`, `41.2K`: exact below 10,000. */
export const formatTokens = (tokens: number): string =>
  tokens < 10_000 ? formatCount(tokens) : formatCompact(tokens);
