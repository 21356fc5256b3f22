/** Evictions that are kept one by one; beyond, everything counts as evicted. */
const maxKeys = 50_000;

interface Cached {
  delete(key: string): unknown;
  clear(): void;
}

/** What was evicted of a cache since a read began: what the read returns of that may be stale, and is not cached. */
export class EvictionLog {
  readonly #moments = new Map<string, number>();
  #now = 0;
  /** Up to here, everything counts as evicted. */
  #floor = 0;

  get now(): number {
    return this.#now;
  }

  /** Evicts the key. */
  evict(key: string, cache: Cached): void {
    cache.delete(key);
    if (this.#moments.size >= maxKeys) this.#forget();
    this.#now += 1;
    this.#moments.set(key, this.#now);
  }

  /** Evicts everything. */
  evictAll(cache: Cached): void {
    cache.clear();
    this.#forget();
  }

  hasSince(key: string, moment: number): boolean {
    return Math.max(this.#floor, this.#moments.get(key) ?? 0) > moment;
  }

  #forget(): void {
    this.#now += 1;
    this.#floor = this.#now;
    this.#moments.clear();
  }
}
