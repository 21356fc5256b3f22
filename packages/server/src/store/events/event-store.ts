import { systemClock } from '../../clock.ts';
import type { RootPlace } from '../../domain/explore-query.ts';
import { noOtherWrites } from '../../domain/other-writes.ts';
import type { OtherRow, OtherWrites } from '../../domain/other-writes.ts';
import type { EventReads, EventStore, SessionRollup } from '../../domain/event-store.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { readFor } from './engine/engine.ts';
import type { EventEngine } from './engine/engine.ts';
import { readCatalogue, readRollups } from './reads/event-aggregates.ts';
import type { RollupSources } from './reads/event-aggregates.ts';
import { emptyExpired } from './writes/emptied-sessions.ts';
import { deleteExpired } from './writes/expired-sessions.ts';
import { readUsedHours, withoutWords, writeTo } from './writes/hour-words.ts';
import type { WordSources } from './writes/hour-words.ts';
import { indexWords, unknownProgress } from './writes/index-words.ts';
import { WordCoverage } from './writes/word-coverage.ts';
import { scanIds } from './reads/id-scan.ts';
import { readStats } from './reads/store-stats.ts';
import { readChart } from './reads/event-chart.ts';
import { cachesForTurn, createHourCaches } from './hours/hour-caches.ts';
import type { HourCaches } from './hours/hour-caches.ts';
import { readProjectCounts } from './hours/project-counts.ts';
import { createWrittenHours, markCommands } from './hours/written-hours.ts';
import type { WrittenHour, WrittenHours } from './hours/written-hours.ts';
import { findEvent, readEvents, readHeads } from './reads/event-lookup.ts';
import { readUseLinks } from './reads/use-links.ts';
import { listEvents, readPage, readSession, readSessionHeads } from './reads/event-reads.ts';
import { encodeInTurns, eventColumns, eventTable, toHour } from './rows/event-row.ts';
import { readRemainder, readTraces, readUnfinishedTraces } from './reads/trace-reads.ts';
import { readFingerprint } from './reads/event-fingerprint.ts';
import { readTally, sumTally } from './hours/event-tally.ts';
import { createAlertReads } from './explore/alert-reads.ts';
import { createExploreStore } from './explore/explore-store.ts';
import type { OutsideSources } from './explore/outside-roots.ts';
import { SessionCache } from './hours/session-cache.ts';
import { readRows } from './engine/row-binary.ts';
import { SqlScope } from './sql/sql-scope.ts';

/** Sessions whose sums are cached: about 10 MB. */
const maxRememberedSessions = 20_000;
/** Roots whose place is cached: about 20 MB. */
const maxRememberedRoots = 100_000;

export interface StoreParts {
  /** Of which hours the store has all words. @default of none */
  readonly coverage?: WordCoverage;
  /** Throws when nothing can be stored, as far as can be detected without a write. */
  readonly requireWritable?: () => void;
  /** Makes room for others in the memory of this machine. @default does nothing */
  readonly releaseMemory?: () => Promise<void>;
  readonly others?: OtherWrites;
  /** Hours that were written to. @default those of this store and of `others` */
  readonly written?: WrittenHours;
}

/** The store over an engine whose schema is up to date. */
export function createEventStore(
  openEngine: EventEngine,
  {
    coverage = new WordCoverage([], 0),
    requireWritable = () => undefined,
    releaseMemory = async () => undefined,
    others = noOtherWrites,
    written = createWrittenHours(others),
  }: StoreParts = {},
): EventStore {
  const rollups = new SessionCache<readonly SessionRollup[]>(maxRememberedSessions, others);
  const roots = new SessionCache<RootPlace | null>(maxRememberedRoots, others);
  const markAll = (): void => {
    for (const cache of [written, rollups, roots]) cache.markAll();
  };
  others.subscribe({ rows: (rows) => markRows({ written, rollups, roots }, rows), all: markAll });
  const engine = markCommands(openEngine, markAll);
  const sources = { engine, rollups, roots, ...createHourCaches(written) };
  const words = { engine, coverage };
  let indexed = unknownProgress;
  return {
    ...createReads(sources),
    others,
    readsFor: (turn) =>
      createReads({ ...sourcesForTurn(sources, others), engine: readFor(engine, turn) }),
    readTraces: (places) => readTraces(engine, places),
    readRemainder: (place) => readRemainder(engine, place),
    readUnfinishedTraces: () => readUnfinishedTraces(engine),
    insert: (rows) => insertEvents({ words, written, rollups, roots }, rows),
    deleteProject: (projectId) => deleteProject(words, projectId),
    deleteExpired: (projectId, before) => deleteExpired(words, projectId, before),
    emptyExpired: (projectId, before) => emptyExpired(words, projectId, before),
    // What is indexed counts only as long as this process knows of every write.
    indexWords: async (round) =>
      others !== noOtherWrites
        ? undefined
        : indexWords(words, round, (progress) => {
            indexed = progress;
          }),
    wordIndex: () => indexed,
    scanIds: (onDigests) => scanIds(engine, onDigests),
    releaseMemory,
    readStats: () => readStats(engine),
    ping: () => ping(engine, requireWritable),
    engineVersion: () => readVersion(engine),
    close: () => engine.close(),
  };
}

type ReadSources = RollupSources & HourCaches & OutsideSources;

/** The reads of a turn see what others had stored when the first of them began: one look for all of them. */
function sourcesForTurn(sources: ReadSources, others: OtherWrites): ReadSources {
  if (others === noOtherWrites) return sources;
  let look: Promise<void> | null = null;
  const catchUp = (): Promise<void> => (look ??= others.catchUp());
  return {
    ...sources,
    ...cachesForTurn(sources, catchUp),
    rollups: sources.rollups.forTurn(catchUp),
    roots: sources.roots.forTurn(catchUp),
  };
}

function createReads(sources: ReadSources): EventReads {
  const { engine } = sources;
  return {
    readHeads: (projectIds, eventIds) => readHeads(engine, projectIds, eventIds),
    readEvents: (projectIds, eventIds) => readEvents(engine, projectIds, eventIds),
    findEvent: (projectIds, eventId) => findEvent(engine, projectIds, eventId),
    readSession: (projectIds, sessionId, limit) =>
      readSession(engine, { projectIds, sessionId, limit }),
    readSessionHeads: (projectIds, sessionIds) => readSessionHeads(engine, projectIds, sessionIds),
    readUseLinks: (projectIds, sessionIds, most) =>
      readUseLinks(engine, projectIds, { sessionIds, most }),
    listEvents: (query, signal) => listEvents(sources, query, signal),
    readPage: (projectId, after, limit) => readPage(engine, { projectId, after, limit }),
    readFingerprint: (projectIds) => readFingerprint(engine, projectIds),
    countEvents: async (query, signal) => sumTally(await readTally(sources, query, signal)),
    readRollups: (projectIds, sessionIds) => readRollups(sources, projectIds, sessionIds),
    readProjectCounts: (projectIds) => readProjectCounts(sources, projectIds),
    readChart: (query, signal) => readChart(sources, query, signal),
    readCatalogue: (query, signal) => readCatalogue(engine, query, signal),
    explore: createExploreStore(sources),
    alerts: createAlertReads(sources),
  };
}

interface Marked {
  readonly written: WrittenHours;
  readonly rollups: Pick<SessionCache<unknown>, 'mark'>;
  readonly roots: Pick<SessionCache<unknown>, 'mark'>;
}

interface InsertTarget extends Marked {
  readonly words: WordSources;
}

function markRows({ written, rollups, roots }: Marked, rows: readonly OtherRow[]): void {
  for (const { projectId, hour, sessionId } of rows) {
    written.mark(projectId, hour);
    rollups.mark(sessionId);
    roots.mark(sessionId);
  }
}

/** Marks what it writes before it is acknowledged: a failed insert may have stored something. */
async function insertEvents(
  { words, written, rollups, roots }: InsertTarget,
  rows: readonly StoredEvent[],
): Promise<void> {
  if (rows.length === 0) return;
  const tsv = await encodeInTurns(rows);
  const hours = hoursOf(rows);
  try {
    await written.during(hours, () =>
      writeTo(words, hours, () =>
        words.engine.insert({ table: eventTable, columns: eventColumns, tsv }),
      ),
    );
  } finally {
    for (const { sessionId } of rows) {
      rollups.mark(sessionId);
      roots.mark(sessionId);
    }
  }
}

/** Each hour that rows lie in, once. */
function hoursOf(rows: readonly StoredEvent[]): WrittenHour[] {
  const hours = new Map<string, WrittenHour>();
  for (const { projectId, startTime } of rows) {
    const hour = toHour(startTime);
    hours.set(`${hour} ${projectId}`, { projectId, hour });
  }
  return [...hours.values()];
}

async function readVersion(engine: EventEngine): Promise<string> {
  const result = await engine.query({ sql: 'SELECT version()' });
  const [version = ''] = readRows(result, (cursor) => cursor.string());
  return version;
}

/** How long the engine takes to answer, milliseconds. */
async function ping(engine: EventEngine, requireWritable: () => void): Promise<number> {
  requireWritable();
  const startMs = systemClock.monotonicMs();
  await engine.query({ sql: 'SELECT 1' });
  return systemClock.monotonicMs() - startMs;
}

/** Rewrites the parts that hold rows of the project, and counts what is left. */
async function deleteProject(words: WordSources, projectId: string): Promise<number> {
  const { engine } = words;
  const scope = new SqlScope();
  const where = `project_id = ${scope.text(projectId)}`;
  const sql = `ALTER TABLE ${eventTable} DELETE WHERE ${where} SETTINGS mutations_sync = 2`;
  const hours = await readUsedHours(engine, projectId);
  await withoutWords(words, hours, () => engine.command(scope.statement(sql)));
  const statement = scope.statement(`SELECT count() FROM ${eventTable} WHERE ${where}`);
  const [left = 0] = readRows(await engine.query(statement), (cursor) => cursor.uint64());
  return left;
}
