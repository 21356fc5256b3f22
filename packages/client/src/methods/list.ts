/** Items of a list, and where the reading continues. */
export interface Chunk<Item, Cursor> {
  readonly items: readonly Item[];
  /** Plain data; null when these were the last items. */
  readonly cursor: Cursor | null;
}

/** The first page of a list, and its items as they are read one by one. */
export interface FirstChunk<Item, Page, Cursor> extends Chunk<Item, Cursor> {
  readonly page: Page;
}

/** Loads a list step by step. Keeps nothing between the steps. */
export interface ListSource<Item, Page, Cursor> {
  loadFirst(): Promise<FirstChunk<Item, Page, Cursor>>;
  loadNext(cursor: Cursor): Promise<Chunk<Item, Cursor>>;
}

/** A list on the service: `await` gives its first page, `for await` all of its items, page by page. */
export type List<Item, Page> = Promise<Page> & AsyncIterable<Item>;

/** Asks for the first page at once; `await` and `for await` share it. */
export function openList<Item, Page, Cursor>(
  source: ListSource<Item, Page, Cursor>,
): List<Item, Page> {
  const first = source.loadFirst();
  const page = first.then((chunk) => chunk.page);
  return Object.assign(page, {
    async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
      // Awaited as well, so that a failure counts as handled.
      await page;
      let chunk: Chunk<Item, Cursor> = await first;
      yield* chunk.items;
      while (chunk.cursor !== null) {
        chunk = await source.loadNext(chunk.cursor);
        yield* chunk.items;
      }
    },
  });
}
