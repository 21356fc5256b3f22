import type { StoreStats } from '../../../domain/event-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';

const statsSql = `SELECT count(), sum(rows), sum(bytes_on_disk) FROM system.parts
  WHERE database = currentDatabase() AND table = 'events' AND active`;

/** What the engine says of the parts of the event table. */
export async function readStats(engine: EventEngine): Promise<StoreStats> {
  const [stats] = readRows(await engine.query({ sql: statsSql }), (cursor) => ({
    partCount: cursor.uint64(),
    rowCount: cursor.uint64(),
    diskBytes: cursor.uint64(),
  }));
  return stats ?? { partCount: 0, rowCount: 0, diskBytes: 0 };
}
