// `node engine-sql.mjs FOLDER SQL`: does to the event engine of a stopped service what only the engine itself can.
import { createChdbConnection } from 'chdb/connection';
import { join } from 'node:path';

const [folder = '', sql = ''] = process.argv.slice(2);
const connection = createChdbConnection({ path: join(folder, 'events') });
await connection.chdb.queryAsync(sql);
await connection.close();
