import type { Logger } from 'pino';
import type { EventStore } from '../domain/event-store.ts';
import { SeenIds } from './seen-ids.ts';

/** Ids that the filter has room for at least: 6 MB. */
const seenIdCount = 4_000_000;

/** In the background: until every id is in, each commit looks its ids up in the store. */
export async function loadSeenIds(
  store: EventStore,
  logger: Logger,
): Promise<{ seenIds: SeenIds; loading: Promise<void> }> {
  const { rowCount } = await store.readStats();
  const seenIds = new SeenIds(Math.max(seenIdCount, 2 * rowCount));
  const loading = store
    .scanIds((digests) => seenIds.addDigests(digests))
    .then(
      () => seenIds.complete(),
      // A filter that was never completed proves nothing, which is only slower.
      (error: unknown) =>
        logger.warn({ err: error }, 'stored ids could not be read: every new one is looked up'),
    );
  return { seenIds, loading };
}
