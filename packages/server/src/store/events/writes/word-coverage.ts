/** An hour, since the epoch, of a project. */
export interface HourPlace {
  readonly projectId: string;
  readonly hour: number;
}

const keyOf = ({ projectId, hour }: HourPlace): string => `${hour} ${projectId}`;

/**
 * Of which hours all words are stored. The words that were read of an hour count only if no
 * write to it was in flight at any time meanwhile.
 */
export class WordCoverage {
  readonly #covered = new Set<string>();
  /** Writes in flight. */
  readonly #writes = new Map<string, number>();
  /** Hours whose words are being read. */
  readonly #claimed = new Set<string>();
  /** Hours that were written to since {@link takeWritten}. */
  #written = new Set<string>();
  #stamp: number;

  /** @param stamp the latest that is stored */
  constructor(covered: readonly HourPlace[], stamp: number) {
    this.cover(covered);
    this.#stamp = stamp;
  }

  /** Later than every one before. */
  nextStamp(): number {
    this.#stamp += 1;
    return this.#stamp;
  }

  isCovered(place: HourPlace): boolean {
    return this.#covered.has(keyOf(place));
  }

  /**
   * A write to the places begins.
   *
   * @returns those that what is stored may call covered: before it stores anything else, it has to take that back, and
   *   say so by {@link uncover}. Until then, so does every other write to them
   */
  begin(places: readonly HourPlace[]): HourPlace[] {
    for (const key of places.map(keyOf)) {
      this.#claimed.delete(key);
      this.#writes.set(key, (this.#writes.get(key) ?? 0) + 1);
    }
    return places.filter((place) => this.isCovered(place));
  }

  /** Nothing that is stored says any more that the places are covered. */
  uncover(places: readonly HourPlace[]): void {
    for (const place of places) this.#covered.delete(keyOf(place));
  }

  /** The write has ended. */
  end(places: readonly HourPlace[]): void {
    for (const key of places.map(keyOf)) {
      this.#written.add(key);
      const left = (this.#writes.get(key) ?? 0) - 1;
      if (left > 0) this.#writes.set(key, left);
      else this.#writes.delete(key);
    }
  }

  /** Says of places whether they were written to since the last call. */
  takeWritten(): (place: HourPlace) => boolean {
    const written = this.#written;
    this.#written = new Set();
    return (place) => written.has(keyOf(place));
  }

  /** Those of the places whose words may be read now. */
  claim(places: readonly HourPlace[]): HourPlace[] {
    const free = places.filter((place) => !this.#writes.has(keyOf(place)));
    for (const place of free) this.#claimed.add(keyOf(place));
    return free;
  }

  /** Ends a claim. @returns the places that nothing was written to since: their words may be stored */
  settle(places: readonly HourPlace[]): HourPlace[] {
    return places.filter((place) => this.#claimed.delete(keyOf(place)));
  }

  /** What is stored of the places says that they are covered, or may say so. */
  cover(places: readonly HourPlace[]): void {
    for (const place of places) this.#covered.add(keyOf(place));
  }
}
