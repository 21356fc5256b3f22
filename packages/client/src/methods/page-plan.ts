/** Pages of one size that hold the items asked for, and where in them these begin. */
export interface PagePlan {
  readonly pageSize: number;
  /** Numbers of the pages, from 1: one or two. */
  readonly pages: readonly number[];
  /** Items to leave out at the start of the first page. */
  readonly skip: number;
}

/** An extract of a list. */
export interface Extract {
  readonly offset: number;
  readonly limit: number;
}

/**
 * How to read `limit` items from `offset` on of a list that is served in pages.
 *
 * One page if there is a size, at most twice the limit, at which a single page holds them all; else
 * the two pages of the limit's own size that they lie on.
 */
export function planPages({ offset, limit }: Extract, maxPageSize: number): PagePlan {
  const last = offset + limit - 1;
  const largest = Math.min(2 * limit, maxPageSize);
  for (let pageSize = limit; pageSize <= largest; pageSize += 1) {
    const index = Math.floor(offset / pageSize);
    if (index === Math.floor(last / pageSize)) {
      return { pageSize, pages: [index + 1], skip: offset - index * pageSize };
    }
  }
  const index = Math.floor(offset / limit);
  return { pageSize: limit, pages: [index + 1, index + 2], skip: offset - index * limit };
}
