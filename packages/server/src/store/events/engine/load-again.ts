import { createChdbConnection } from 'chdb/connection';
import type { Clock } from '../../../clock.ts';
import { isInUse } from './engine-error.ts';

const everyMs = 20;
/** Longer than any query may take. */
const triesCount = 1_500;

/**
 * Reloads a table of an open engine, on a separate session. Reads of the table finish first, running merges are
 * cancelled. Safe to run again after a kill: a table that was detached is back at the next start.
 *
 * Not `DETACH … SYNC`: sessions that came to the table meanwhile would wait for it, and it for them.
 *
 * @param path of the engine
 * @param canMerge whether parts may be merged from then on
 */
export async function loadAgain(
  { path, table, clock }: { path: string; table: string; clock: Pick<Clock, 'sleep'> },
  canMerge: boolean,
): Promise<void> {
  const connection = createChdbConnection({ path });
  const attach = async (triesLeft: number): Promise<void> => {
    try {
      await connection.chdb.queryAsync(`ATTACH TABLE IF NOT EXISTS ${table}`);
    } catch (error) {
      if (!isInUse(error) || triesLeft === 0) throw error;
      await clock.sleep(everyMs);
      await attach(triesLeft - 1);
    }
  };
  try {
    await connection.chdb.queryAsync(`DETACH TABLE IF EXISTS ${table}`);
    await attach(triesCount);
    if (!canMerge) await connection.chdb.queryAsync(`SYSTEM STOP MERGES ${table}`);
  } finally {
    await connection.close();
  }
}
