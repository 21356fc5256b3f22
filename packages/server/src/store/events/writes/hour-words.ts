import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { eventTable } from '../rows/event-row.ts';
import { wordStates, wordsSql, wordTable } from '../sql/hour-words.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { WordCoverage } from './word-coverage.ts';
import type { HourPlace } from './word-coverage.ts';

const wordColumns = ['project_id', 'start_hour', 'state', 'stamp', 'words'];

/** More words, or bytes of them, take longer to look through than they save: base64, for example. */
const maxWords = 200_000;
const maxWordBytes = 4 * 1024 ** 2;

/** How long the words of some hours may take to read. */
const maxSeconds = 60;

/** Where words are, and of which hours. */
export interface WordSources {
  readonly engine: EventEngine;
  readonly coverage: WordCoverage;
}

/** An hour that has events. */
export interface UsedHour extends HourPlace {
  readonly rowCount: number;
}

/** What is stored of the words of all hours. */
export async function readCoverage(engine: EventEngine): Promise<WordCoverage> {
  const covered = readRows(
    await engine.query({
      sql: `SELECT project_id, start_hour FROM ${wordTable} FINAL WHERE state != ${wordStates.stale}`,
    }),
    (cursor): HourPlace => ({ projectId: cursor.string(), hour: cursor.int64() }),
  );
  const sql = `SELECT max(stamp) FROM ${wordTable}`;
  const [stamp = 0] = readRows(await engine.query({ sql }), (cursor) => cursor.uint64());
  return new WordCoverage(covered, stamp);
}

/** All hours that have events, of one project or all, the newest first. */
export async function readUsedHours(
  engine: EventEngine,
  projectId: string | null = null,
): Promise<UsedHour[]> {
  const scope = new SqlScope();
  const where = projectId === null ? "project_id != ''" : `project_id = ${scope.text(projectId)}`;
  const sql = `SELECT project_id, start_hour, count() FROM ${eventTable} WHERE ${where} GROUP BY project_id, start_hour ORDER BY start_hour DESC, project_id`;
  return readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    projectId: cursor.string(),
    hour: cursor.int64(),
    rowCount: cursor.uint64(),
  }));
}

/** Writes to hours; first they are stored as stale where they were complete. */
export async function writeTo(
  sources: WordSources,
  places: readonly HourPlace[],
  write: () => Promise<void>,
): Promise<void> {
  const covered = sources.coverage.begin(places);
  try {
    await storeStale(sources, covered);
    await write();
  } finally {
    sources.coverage.end(places);
  }
}

async function storeStale(sources: WordSources, places: readonly HourPlace[]): Promise<void> {
  if (places.length === 0) return;
  const rows = places.map((place) => ({ ...place, state: wordStates.stale, words: '' }));
  await storeWords(sources, rows);
  sources.coverage.uncover(places);
}

/** Reads the words of hours of one project and stores them, unless something is written to an hour meanwhile. */
export async function indexHours(
  sources: WordSources,
  places: readonly HourPlace[],
): Promise<void> {
  const { engine, coverage } = sources;
  const claimed = coverage.claim(places);
  if (claimed.length === 0) return;
  const found = await readWords(engine, claimed).catch((error: unknown) => {
    coverage.settle(claimed);
    throw error;
  });
  const hours = new Set(coverage.settle(claimed).map(({ hour }) => hour));
  const rows = found.filter(({ hour }) => hours.has(hour));
  if (rows.length === 0) return;
  // Whether the insert succeeds or not, a write after this moment has to take it back.
  coverage.cover(rows);
  await storeWords(sources, rows);
}

interface HourWords extends HourPlace {
  readonly state: number;
  readonly words: string;
}

async function readWords(engine: EventEngine, places: readonly HourPlace[]): Promise<HourWords[]> {
  const [{ projectId } = { projectId: '' }] = places;
  const scope = new SqlScope();
  const hours = places.map(({ hour }) => Math.trunc(hour)).join(', ');
  const all = `SELECT start_hour, groupUniqArrayArray(${maxWords})(${wordsSql}) AS found FROM ${eventTable} WHERE project_id = ${scope.text(projectId)} AND start_hour IN (${hours}) GROUP BY start_hour`;
  // Sorted, they compress better.
  const joined = `SELECT start_hour, length(found) AS size, arrayStringConcat(arraySort(found), ' ') AS text FROM (${all})`;
  const isFew = `size < ${maxWords} AND length(text) <= ${maxWordBytes}`;
  const sql = `SELECT start_hour, toUInt8(if(${isFew}, ${wordStates.complete}, ${wordStates.tooMany})), if(${isFew}, text, '') FROM (${joined}) SETTINGS max_threads = 1, max_execution_time = ${maxSeconds}`;
  return readRows(await engine.query(scope.statement(sql)), (cursor) => ({
    projectId,
    hour: cursor.int64(),
    state: cursor.uint8(),
    words: cursor.string(),
  }));
}

/** Words have no character that TabSeparated would escape. */
async function storeWords(
  { engine, coverage }: WordSources,
  rows: readonly HourWords[],
): Promise<void> {
  const stamp = coverage.nextStamp();
  const lines = rows.map(({ projectId, hour, state, words }) =>
    [projectId, hour, state, stamp, words].join('\t'),
  );
  const tsv = Buffer.from(`${lines.join('\n')}\n`);
  await engine.insert({ table: wordTable, columns: wordColumns, tsv });
}

/** Does what deletes events of some hours of a project; first their words are deleted. */
export async function withoutWords<T>(
  { engine, coverage }: WordSources,
  places: readonly HourPlace[],
  work: () => Promise<T>,
): Promise<T> {
  coverage.begin(places);
  try {
    await deleteWords(engine, places);
    coverage.uncover(places);
    return await work();
  } finally {
    coverage.end(places);
  }
}

async function deleteWords(engine: EventEngine, places: readonly HourPlace[]): Promise<void> {
  const [place] = places;
  if (!place) return;
  const scope = new SqlScope();
  const hours = places.map(({ hour }) => Math.trunc(hour)).join(', ');
  const where = `project_id = ${scope.text(place.projectId)} AND start_hour IN (${hours})`;
  await engine.command(
    scope.statement(`ALTER TABLE ${wordTable} DELETE WHERE ${where} SETTINGS mutations_sync = 2`),
  );
}
