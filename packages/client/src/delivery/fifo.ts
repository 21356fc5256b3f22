/** First in, first out, at a constant cost for each. */
export class Fifo<Item extends object> {
  #items: (Item | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  peek(): Item | undefined {
    return this.#items[this.#head];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#items[this.#head] = undefined;
    this.#head += 1;
    // Places are given back in large pieces: one at a time would move all the rest each time.
    if (this.#head >= 1024 && this.#head * 2 >= this.#items.length) this.keep(() => true);
    return item;
  }

  /** Release the others. */
  keep(isKept: (item: Item) => boolean): void {
    this.#items = this.toArray().filter(isKept);
    this.#head = 0;
  }

  toArray(): Item[] {
    return this.#items.slice(this.#head).filter((item) => item !== undefined);
  }
}
