/** A generator of numbers 0..1 that is the same on every run (mulberry32). */
export function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Random choices out of one generator. */
export function createDice(seed) {
  const next = createRandom(seed);
  const below = (limit) => Math.floor(next() * limit);
  const hex = (digits) =>
    Math.floor(next() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return {
    next,
    below,
    pick: (list) => list[below(list.length)],
    /** The first are more frequent than the last. */
    pickEarly: (list) => list[Math.floor(list.length * next() ** 2)],
    chance: (share) => next() < share,
    exponential: (mean) => -mean * Math.log(1 - next()),
    logUniform: (min, max) => Math.exp(Math.log(min) + next() * Math.log(max / min)),
    /** By its median; `sigma` is the standard deviation of the logarithm. */
    logNormal: (median, sigma) =>
      median *
      Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    /** A UUIDv7 of that instant, epoch milliseconds. */
    uuid(epochMs) {
      const time = Math.floor(epochMs).toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${'89ab'[below(4)]}${hex(3)}-${hex(6)}${hex(6)}`;
    },
  };
}
