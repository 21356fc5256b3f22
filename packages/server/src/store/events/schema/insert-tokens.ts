import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { eventTable } from '../rows/event-row.ts';

const setting = 'non_replicated_deduplication_window';
/** Inserts whose tokens the server keeps: one is retried within a minute. */
const tokenCount = 1_000;

/**
 * Makes the table of events recognise an insert that is sent again. Replicated tables do so by default, and tables of
 * the engine in this process have no connection that could be cut.
 */
export async function rememberTokens(engine: EventEngine): Promise<void> {
  const sql = `SELECT position(create_table_query, '${setting}') = 0 FROM system.tables
    WHERE database = currentDatabase() AND name = '${eventTable}' AND engine LIKE 'Replacing%'`;
  const [isMissing] = readRows(await engine.query({ sql }), (cursor) => cursor.uint8() === 1);
  if (isMissing === true)
    await engine.command({
      sql: `ALTER TABLE ${eventTable} MODIFY SETTING ${setting} = ${tokenCount}`,
    });
}
