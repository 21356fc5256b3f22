import { isWithin, joinRanges, missingRanges } from '../sql/hour-range.ts';
import type { HourRange, UnitOf } from '../sql/hour-range.ts';
import type { WrittenHours } from './written-hours.ts';

/** Beyond this, reading everything again is as cheap. */
const maxStaleRanges = 1_000;

/** A value that was read for a unit of hours. */
export interface UnitValue<V> {
  /** First hour of the unit. */
  readonly hour: number;
  readonly value: V;
}

/** The rows of each hour, in their order. */
export function groupByHour<T>(
  rows: readonly T[],
  hourOf: (row: T) => number,
): UnitValue<readonly T[]>[] {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const hour = hourOf(row);
    const group = groups.get(hour);
    if (group) group.push(row);
    else groups.set(hour, [row]);
  }
  return [...groups].map(([hour, value]) => ({ hour, value }));
}

/** What is asked of a cache. */
export interface CacheRequest<V> {
  /** Says what is read: the same for the same question, whatever its range. */
  readonly key: string;
  readonly projectIds: readonly string[];
  /** Whole units. */
  readonly hours: readonly HourRange[];
  readonly unitOf: UnitOf;
  /** Reads the units that lie in the ranges; those without a value are left out. */
  readonly load: (ranges: readonly HourRange[]) => Promise<readonly UnitValue<V>[]>;
}

interface Entry<V> {
  /** In order, none touching the next one. */
  covered: readonly HourRange[];
  /** Values are those of this moment of {@link WrittenHours}. */
  asOf: number;
  readonly values: Map<number, V>;
  weight: number;
  /** One reader at a time: the next one finds what this one has read. */
  tail: Promise<unknown>;
}

/**
 * Caches results for each unit of hours, and reads only missing or stale ones.
 *
 * Exact: a value is used as long as no write touched an hour of its unit. Most of a store's hours are never written to
 * again, so that a total over five million events costs what the last hours cost.
 */
export class HourCache<V> {
  #entries = new Map<string, Entry<V>>();
  readonly #written: WrittenHours;
  readonly #weigh: (value: V) => number;
  readonly #maxWeight: number;

  /**
   * @param weigh how much of `maxWeight`, the bound of the whole cache, a value uses up
   */
  constructor(written: WrittenHours, weigh: (value: V) => number, maxWeight: number) {
    this.#written = written;
    this.#weigh = weigh;
    this.#maxWeight = maxWeight;
  }

  /** The same cache, for reads that learn in another way what others have written. */
  forTurn(catchUp: () => Promise<void>): HourCache<V> {
    const written = { ...this.#written, catchUp };
    const cache = new HourCache(written, this.#weigh, this.#maxWeight);
    cache.#entries = this.#entries;
    return cache;
  }

  /** The values of the units in the range, oldest first. */
  async read(request: CacheRequest<V>): Promise<UnitValue<V>[]> {
    await this.#written.catchUp();
    const entry = this.#entryOf(request.key);
    const turn = entry.tail.then(() => this.#refresh(entry, request));
    entry.tail = turn.catch(() => undefined);
    const values = await turn;
    this.#evict();
    return values;
  }

  /** How many hours a read would have to load; infinite if it was never asked for. Changes nothing. */
  missingHours({ key, projectIds, hours, unitOf }: Omit<CacheRequest<V>, 'load'>): number {
    const entry = this.#entries.get(key);
    const stale = entry && this.#written.since(projectIds, entry.asOf);
    if (!stale) return Infinity;
    const fresh = without(entry.covered, joinRanges(stale.map(unitOf)));
    return joinRanges(hours)
      .flatMap((range) => missingRanges(range, fresh))
      .reduce((sum, { first, last }) => sum + last - first + 1, 0);
  }

  async #refresh(entry: Entry<V>, request: CacheRequest<V>): Promise<UnitValue<V>[]> {
    const hours = joinRanges(request.hours);
    this.#forgetOutdated(entry, request);
    const missing = hours.flatMap((range) => missingRanges(range, entry.covered));
    if (missing.length > 0) await this.#load(entry, request, missing);
    entry.covered = joinRanges([...entry.covered, ...hours]);
    return [...entry.values]
      .filter(([hour]) => hours.some((range) => isWithin(hour, range)))
      .map(([hour, value]) => ({ hour, value }))
      .toSorted((a, b) => a.hour - b.hour);
  }

  /** Leaves the entry with what is still true. */
  #forgetOutdated(entry: Entry<V>, { projectIds, unitOf }: CacheRequest<V>): void {
    const stale = entry.covered.length === 0 ? [] : this.#written.since(projectIds, entry.asOf);
    entry.asOf = this.#written.now();
    const units = stale && joinRanges(stale.map(unitOf));
    if (units === null || units.length > maxStaleRanges) {
      clear(entry);
      return;
    }
    entry.covered = without(entry.covered, units);
    this.#drop(entry, units);
  }

  #drop(entry: Entry<V>, ranges: readonly HourRange[]): void {
    if (ranges.length === 0) return;
    for (const [hour, value] of entry.values) {
      if (!ranges.some((range) => isWithin(hour, range))) continue;
      entry.values.delete(hour);
      entry.weight -= this.#weigh(value);
    }
  }

  async #load(
    entry: Entry<V>,
    request: CacheRequest<V>,
    ranges: readonly HourRange[],
  ): Promise<void> {
    const loaded = await request.load(ranges);
    for (const { hour, value } of loaded) {
      entry.values.set(hour, value);
      entry.weight += this.#weigh(value);
    }
  }

  /** The entry, marked as used: the least recently used one is evicted first. */
  #entryOf(key: string): Entry<V> {
    const entry = this.#entries.get(key) ?? {
      covered: [],
      asOf: 0,
      values: new Map<number, V>(),
      weight: 1,
      tail: Promise.resolve(),
    };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #evict(): void {
    let weight = 0;
    for (const entry of this.#entries.values()) weight += entry.weight;
    for (const [key, entry] of this.#entries) {
      if (weight <= this.#maxWeight) return;
      weight -= entry.weight;
      this.#entries.delete(key);
    }
  }
}

/** What of the ranges is in none of the others. */
const without = (ranges: readonly HourRange[], others: readonly HourRange[]): HourRange[] =>
  ranges.flatMap((range) => missingRanges(range, others));

function clear<V>(entry: Entry<V>): void {
  entry.covered = [];
  entry.values.clear();
  entry.weight = 1;
}
