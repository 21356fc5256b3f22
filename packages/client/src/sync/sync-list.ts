/** A list on the service: it is its first page, and iterates all of its items, page by page. */
export type SyncList<Item, Page> = Page & Iterable<Item>;

/** Items, and where the reading continues; null when these were the last. */
export interface SyncChunk {
  readonly items: readonly unknown[];
  readonly cursor: unknown;
}

/** Makes the page iterable. What follows it is loaded when the iteration gets there. */
export function openSyncList(
  page: object,
  first: SyncChunk,
  loadNext: (cursor: unknown) => SyncChunk,
): object {
  function* iterate(): Generator<unknown, void, undefined> {
    let chunk = first;
    yield* chunk.items;
    while (chunk.cursor !== null) {
      chunk = loadNext(chunk.cursor);
      yield* chunk.items;
    }
  }
  // Not to be seen: the page prints, compares and travels as the data that it is.
  Object.defineProperty(page, Symbol.iterator, { value: iterate });
  return page;
}
