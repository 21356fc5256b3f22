/** Reproducible randomness. */
export interface Random {
  /** From 0 up to, not including, `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in one of `count` cases. */
  oneIn(count: number): boolean;
}

/** The mulberry32 generator: the same numbers for the same seed, on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    oneIn: (count) => below(count) === 0,
    pick<T>(list: readonly T[]): T {
      const index = below(list.length);
      const [picked] = list.slice(index, index + 1);
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
  };
}
