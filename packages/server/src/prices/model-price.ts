import type { TokenUse } from '../domain/token-use.ts';

/** US dollars per million tokens; or one price up to a number of prompt tokens, and others above. */
export type Rate =
  | number
  | {
      readonly base: number;
      readonly tiers: readonly { readonly start: number; readonly price: number }[];
    };

/** What a model costs, in the names of the price table. */
export interface ModelPrice {
  readonly input_mtok?: Rate | undefined;
  readonly output_mtok?: Rate | undefined;
  /** Without it, tokens that a cache read cost as the others. */
  readonly cache_read_mtok?: Rate | undefined;
  /** Without it, tokens that a cache wrote cost as the others. */
  readonly cache_write_mtok?: Rate | undefined;
  /** Without it, reasoning costs as the rest of the answer. */
  readonly output_reasoning_mtok?: Rate | undefined;
}

/** Dollars are kept to a billionth of a millionth: less is noise of floating point. */
const precision = 1e15;

/** The cost in US dollars; null if the model is not priced by tokens. */
export function costOf(price: ModelPrice, use: TokenUse): number | null {
  const { input_mtok: input, output_mtok: output } = price;
  if (input === undefined && output === undefined) return null;
  const { prompt, uncached, cacheRead, cacheWrite, answer, reasoning } = splitUse(use);
  const sum =
    uncached * rateOf(input, prompt) +
    cacheRead * rateOf(price.cache_read_mtok ?? input, prompt) +
    cacheWrite * rateOf(price.cache_write_mtok ?? input, prompt) +
    answer * rateOf(output, prompt) +
    reasoning * rateOf(price.output_reasoning_mtok ?? output, prompt);
  return Math.round((sum / 1e6) * precision) / precision;
}

/** Tokens by price. Of which only the total is known, they are a prompt. */
function splitUse(use: TokenUse) {
  const completion = use.completion ?? 0;
  const prompt = use.prompt ?? Math.max(0, (use.total ?? 0) - completion);
  const cacheRead = Math.min(use.cacheRead ?? 0, prompt);
  const cacheWrite = Math.min(use.cacheWrite ?? 0, prompt - cacheRead);
  const reasoning = Math.min(use.reasoning ?? 0, completion);
  const [uncached, answer] = [prompt - cacheRead - cacheWrite, completion - reasoning];
  return { prompt, uncached, cacheRead, cacheWrite, answer, reasoning };
}

/** The length of the whole prompt decides, as providers bill it. */
function rateOf(rate: Rate | undefined, prompt: number): number {
  if (rate === undefined || typeof rate === 'number') return rate ?? 0;
  return rate.tiers.reduce(
    (found, { start, price }) => (prompt > start ? price : found),
    rate.base,
  );
}
