import { QueryTooExpensive } from '../domain/event-store.ts';
import type { EventPosition, EventStore } from '../domain/event-store.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { firstPageRows, nextPageRows, sizeOf } from './page-size.ts';

/**
 * Every event of a project at its latest version, tombstones too, in the order of keys; a few megabytes at a time.
 *
 * @param begin the last event that is not wanted; null: all are
 */
export async function* readEventPages(
  events: Pick<EventStore, 'readPage'>,
  projectId: string,
  begin: EventPosition | null = null,
): AsyncGenerator<StoredEvent[]> {
  let after = begin;
  let rows = firstPageRows;
  for (;;) {
    let page: StoredEvent[];
    try {
      page = await events.readPage(projectId, after, rows);
    } catch (error) {
      // Events beyond the common size: what one query may hold is fewer of them.
      if (!(error instanceof QueryTooExpensive) || rows === 1) throw error;
      rows = Math.ceil(rows / 8);
      continue;
    }
    after = page.at(-1) ?? null;
    if (after === null) return;
    yield page;
    if (page.length < rows) return;
    rows = nextPageRows(
      rows,
      page.reduce((sum, event) => sum + sizeOf(event), 0),
    );
  }
}
