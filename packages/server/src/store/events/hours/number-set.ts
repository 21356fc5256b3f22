/** A set of numbers that are spread evenly, as hashes are: several times faster and smaller than `Set`. */
export class NumberSet {
  readonly #slots: Float64Array;
  readonly #mask: number;
  readonly #bits = new Uint32Array(2);
  readonly #number = new Float64Array(this.#bits.buffer);

  /** @param most numbers that are added */
  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, most * 2)));
    this.#mask = size - 1;
    this.#slots = new Float64Array(size).fill(Number.NaN);
  }

  /** True if it is new. */
  add(value: number): boolean {
    const slot = this.#find(value);
    if (this.#slots[slot] === value) return false;
    this.#slots[slot] = value;
    return true;
  }

  has(value: number): boolean {
    return this.#slots[this.#find(value)] === value;
  }

  /** The slot of the number, or a free one. */
  #find(value: number): number {
    this.#number[0] = value;
    let slot = (this.#bits[0] ?? 0) & this.#mask;
    for (;;) {
      const found = this.#slots[slot];
      if (found === value || Number.isNaN(found)) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** All numbers of some lists, each once. */
export function unite(lists: readonly Float64Array[]): NumberSet {
  const set = new NumberSet(sizeOf(lists));
  for (const list of lists) for (const value of list) set.add(value);
  return set;
}

/** How many different numbers the lists have, each of which has a number once. */
export function countDistinct(lists: readonly Float64Array[]): number {
  if (lists.length === 1) return sizeOf(lists);
  const set = new NumberSet(sizeOf(lists));
  let count = 0;
  for (const list of lists) for (const value of list) if (set.add(value)) count += 1;
  return count;
}

const sizeOf = (lists: readonly Float64Array[]): number =>
  lists.reduce((sum, { length }) => sum + length, 0);
