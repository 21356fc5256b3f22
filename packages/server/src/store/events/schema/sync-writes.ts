import type { EventEngine } from '../engine/engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { readRows } from '../engine/row-binary.ts';

/** Makes a part durable before its insert returns. */
export const syncedInserts: readonly string[] = [
  'fsync_after_insert = 1',
  'fsync_part_directory = 1',
];
/** Makes what a merge made durable before what it replaced is deleted. Events have it in any case: see the schema. */
export const syncedMerges = 'min_rows_to_fsync_after_merge = 1';
const names = syncedInserts.map((setting) => setting.split(' ')[0]).join(', ');

/**
 * Makes the engine bring the events that it stores to the disk before it says so, or leaves that to the operating
 * system. The table keeps the setting: only a change of it costs something.
 */
export async function syncWrites(engine: EventEngine, isOn: boolean): Promise<void> {
  const sql = `SELECT position(create_table_query, 'fsync_after_insert = 1') > 0 FROM system.tables
    WHERE database = currentDatabase() AND name = 'events'`;
  const [isSynced] = readRows(await engine.query({ sql }), (cursor) => cursor.uint8() === 1);
  if (isSynced === isOn) return;
  const change = isOn ? `MODIFY SETTING ${syncedInserts.join(', ')}` : `RESET SETTING ${names}`;
  await engine.command({ sql: `ALTER TABLE ${eventTable} ${change}` });
}
