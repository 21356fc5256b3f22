import type { ModelPrice } from 'honeyhive-wire';

/** A line for each price: the model, then dollars of a million tokens in, out, read from and written to a cache. */
export const formatPrices = (prices: readonly ModelPrice[]): string =>
  prices
    .map(({ model, input, output, cache_read: read, cache_write: write }) =>
      [model, input, output, read ?? (write === undefined ? undefined : input), write]
        .filter((part) => part !== undefined)
        .join(' '),
    )
    .join('\n');

/** The prices; null if a line has not 2 to 4 numbers behind its model. */
export function parsePrices(text: string): ModelPrice[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const prices = lines.map(parseLine);
  return prices.every((price) => price !== null) ? prices : null;
}

function parseLine(line: string): ModelPrice | null {
  const [, model, numbers] = /^\s*(.*?\S)((?:\s+\d+(?:\.\d+)?){2,4})\s*$/.exec(line) ?? [];
  if (model === undefined || numbers === undefined) return null;
  const [input = 0, output = 0, read, write] = numbers.trim().split(/\s+/).map(Number);
  return {
    model,
    input,
    output,
    ...(read === undefined ? {} : { cache_read: read }),
    ...(write === undefined ? {} : { cache_write: write }),
  };
}
