import type { Logger } from 'pino';
import type { EventStore } from '../domain/event-store.ts';
import { SeenIds } from './seen-ids.ts';

/** Ids that the filter has room for at least: 6 MB. */
const seenIdCount = 4_000_000;

/** In the background: until every id is in, each commit looks its ids up in the store. */
export async function loadSeenIds(
  store: Pick<EventStore, 'others' | 'readStats' | 'scanIds'>,
  logger: Pick<Logger, 'warn'>,
): Promise<{ seenIds: SeenIds; loading: Promise<void> }> {
  const { others } = store;
  const { rowCount } = await store.readStats();
  const seenIds = new SeenIds(Math.max(seenIdCount, 2 * rowCount), others);
  if (!others.areReported) return { seenIds, loading: Promise.resolve() };
  const scan = createScan(store, seenIds, logger);
  others.subscribe({
    rows(rows) {
      for (const { projectId, eventId } of rows) seenIds.add(projectId, eventId);
    },
    all: (areAdded) => (areAdded ? void scan() : undefined),
  });
  return { seenIds, loading: scan() };
}

/** Adds every id of the store; again, if it is asked for once more meanwhile. */
function createScan(
  store: Pick<EventStore, 'scanIds'>,
  seenIds: SeenIds,
  logger: Pick<Logger, 'warn'>,
): () => Promise<void> {
  let running: Promise<void> | null = null;
  let isWanted = false;
  const scan = async (): Promise<void> => {
    try {
      while (isWanted) {
        isWanted = false;
        await store.scanIds((digests) => seenIds.addDigests(digests));
      }
      seenIds.complete();
    } catch (error) {
      // A filter that is not complete proves nothing, which is only slower.
      logger.warn({ err: error }, 'stored ids could not be read: every new one is looked up');
    } finally {
      running = null;
    }
  };
  return () => {
    isWanted = true;
    seenIds.suspend();
    running ??= scan();
    return running;
  };
}
