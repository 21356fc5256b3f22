// `node old-schema.mjs FOLDER PROJECT PLACE`: makes the event engine of a data folder as an older version left it, with
// events in it, and as far into its upgrade as PLACE says: so many statements of the later steps have run. Prints how
// many places there are.
import { createChdbConnection } from 'chdb/connection';
import { join } from 'node:path';
import {
  eventMigrations,
  ledgerStatements,
} from '../../packages/server/dist/store/events/schema/migrations.js';

const [folder = '', project = '', place = '0'] = process.argv.slice(2);
const eventsOfPart = 400;

/**
 * Every point at which an upgrade may have died: the steps that were done, the statements of the next one that had run.
 */
const places = eventMigrations
  .slice(1)
  .flatMap((step, index) => step.statements.map((_each, ran) => ({ done: index + 1, ran })));
const { done, ran } = places[Number(place) % places.length];

const connection = createChdbConnection({ path: join(folder, 'events') });
const run = (sql) => connection.chdb.queryAsync(sql);
const note = (id, finishedAt) =>
  run(`INSERT INTO honeyhive.schema_migrations VALUES ('${id}', 1, ${finishedAt})`);

/** Events of ten sessions, in their own part. */
const insert = (first, version) =>
  run(`INSERT INTO honeyhive.events (project_id, start_hour, session_id, event_id, version, event_type, event_name,
      children_ids, source, start_time, end_time, created_at, updated_at,
      config, inputs, outputs, metadata, metrics, feedback, user_properties)
    SELECT '${project}', 480000, 'session ' || toString(number % 10), 'event ' || toString(number), ${version}, 'tool', 'old',
      '[]', 'test', 1728000000000 + number, 1728000000000 + number, 1, ${version},
      '{}', '{"number":' || toString(number) || '}', '{}', '{"version":${version}}', '{}', '{}', '{}'
    FROM numbers(${first}, ${eventsOfPart})`);

/** The last part holds later versions of events of the others. */
async function fill() {
  for (const first of [0, 400, 800]) await insert(first, 1);
  await insert(200, 2);
}

const database = ['CREATE DATABASE IF NOT EXISTS honeyhive', 'USE honeyhive'];
for (const sql of [...database, ...ledgerStatements]) await run(sql);
for (const [index, { id, statements }] of eventMigrations.slice(0, done + 1).entries()) {
  await note(id, 0);
  if (index === 1) await fill();
  for (const sql of index < done ? statements : statements.slice(0, ran)) await run(sql);
  if (index < done) await note(id, 1);
}
await connection.close();
process.stdout.write(`${places.length}\n`);
