/** Loads the first page, and all items from it on. */
export interface ListSource<Item, Page> {
  loadFirst(): Promise<Page>;
  iterate(first: Page): AsyncIterable<Item>;
}

/** A list on the service: `await` gives its first page, `for await` all of its items, page by page. */
export type List<Item, Page> = Promise<Page> & AsyncIterable<Item>;

/** Asks for the first page at once; `await` and `for await` share it. */
export function openList<Item, Page>(source: ListSource<Item, Page>): List<Item, Page> {
  const first = source.loadFirst();
  return Object.assign(first, {
    async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
      yield* source.iterate(await first);
    },
  });
}
