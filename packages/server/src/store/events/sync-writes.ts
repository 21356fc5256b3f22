import type { EventEngine } from './engine.ts';
import { readRows } from './row-binary.ts';

/** What makes a part durable before its insert returns, and the part that a merge puts in the place of others. */
const settings = [
  'fsync_after_insert = 1',
  'fsync_part_directory = 1',
  'min_rows_to_fsync_after_merge = 1',
];
const names = settings.map((setting) => setting.split(' ')[0]).join(', ');

/**
 * Makes the engine bring what it stores to the disk before it says so, or leaves that to the operating system. The
 * tables keep the setting: only a change of it costs something.
 */
export async function syncWrites(engine: EventEngine, isOn: boolean): Promise<void> {
  const sql = `SELECT name, position(create_table_query, 'fsync_after_insert = 1') > 0 FROM system.tables
    WHERE database = 'honeyhive' AND endsWith(engine, 'MergeTree') ORDER BY name`;
  const tables = readRows(await engine.query({ sql }), (cursor) => ({
    name: cursor.string(),
    isSynced: cursor.uint8() === 1,
  }));
  for (const { name, isSynced } of tables) {
    if (isSynced === isOn) continue;
    const change = isOn ? `MODIFY SETTING ${settings.join(', ')}` : `RESET SETTING ${names}`;
    await engine.command({ sql: `ALTER TABLE honeyhive.${name} ${change}` });
  }
}
