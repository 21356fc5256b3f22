import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs SQL on the event engine of a data folder that nobody has open. */
export function runEngineSql(dataDir: string, sql: string): void {
  execFileSync(process.execPath, [join(import.meta.dirname, 'engine-sql.mjs'), dataDir, sql]);
}
