import { join } from 'node:path';
import { systemClock } from '../../clock.ts';
import { noOtherWrites } from '../../domain/other-writes.ts';
import type { EventStore } from '../../domain/event-store.ts';
import { migrate } from '../migration.ts';
import type { MigrationStep } from '../migration.ts';
import type { ClickHouseTarget } from './engine/clickhouse-address.ts';
import { dropCaches } from './engine/drop-caches.ts';
import { openEmbeddedEngine } from './engine/embedded-engine.ts';
import type { EventEngine, QueryLimits } from './engine/engine.ts';
import { GuardedEngine, readFreeBytes } from './engine/guarded-engine.ts';
import { loadAgain } from './engine/load-again.ts';
import type { ReadSessionsConfig } from './engine/read-sessions.ts';
import { openRemoteEngine } from './engine/remote-engine.ts';
import { createEventStore } from './event-store.ts';
import type { StoreParts } from './event-store.ts';
import { createWrittenHours } from './hours/written-hours.ts';
import { followParts } from './follow/follow-parts.ts';
import { eventTable } from './rows/event-row.ts';
import { forCluster } from './schema/cluster-ddl.ts';
import { currentSchema } from './schema/current-schema.ts';
import { rememberTokens } from './schema/insert-tokens.ts';
import { createEventLedger, eventMigrations } from './schema/migrations.ts';
import { syncWrites } from './schema/sync-writes.ts';
import { wordTable } from './sql/hour-words.ts';
import { readCoverage } from './writes/hour-words.ts';

export interface EventStoreOptions {
  /** The service's data folder; the engine lives in `events` inside it. */
  readonly dataDir: string;
  /** Servers that have the events, instead of the engine of this process. @default null */
  readonly target?: ClickHouseTarget | null;
  /** Longest time for one query, milliseconds. @default 10000 */
  readonly queryTimeoutMs?: number;
  /** Most memory for one query, bytes. @default 1 GiB */
  readonly queryMemoryBytes?: number;
  /**
   * Queries of one project that run side by side; those of all are twice as many, and two more are the service's own.
   * Each holds a thread of libuv while it runs, inserts another one: `UV_THREADPOOL_SIZE` has to be raised from its 4,
   * or files and compression wait for queries. @default 2
   */
  readonly readerCount?: number;
  /** Maximum number of waiting queries; further ones are rejected. @default 256 */
  readonly maxWaitingQueries?: number;
  /** Maximum wait in the queue, milliseconds. @default 10000 */
  readonly maxWaitMs?: number;
  /** Whether an insert is on the disk, and not only in the system's cache, when it resolves. @default false */
  readonly syncsWrites?: boolean;
  /** Numbers of recent turns of this process, if other servers write to the store, too. @default none do */
  readonly ownTurns?: (() => readonly number[]) | null;
  /** Does the work while no other server changes the schema. @default at once */
  readonly runAlone?: (work: () => Promise<void>) => Promise<void>;
  /** Called with each migration step before it begins. */
  readonly onMigration?: (step: MigrationStep) => void;
}

const MiB = 1024 ** 2;

/** An engine, and what the store asks beside it. */
interface OpenedEngine extends Pick<StoreParts, 'written' | 'requireWritable' | 'releaseMemory'> {
  readonly engine: EventEngine;
  /** The same for statements that change the schema. */
  readonly schema: EventEngine;
  /** Called when the schema is up to date. */
  readonly begin: () => Promise<void> | void;
}

/**
 * Opens the event store and brings its schema up to date.
 *
 * @throws {NewerSchemaError} the store was written to by a newer version
 * @throws {StoreUnreachable} no server of the target can be used
 */
export async function openEventStore(options: EventStoreOptions): Promise<EventStore> {
  const { target = null, ownTurns = null, runAlone = (work) => work() } = options;
  const { engine, schema, begin, ...parts } =
    target === null ? await openEmbedded(options) : await openRemote(options, target);
  try {
    const ledger = createEventLedger(schema, systemClock.now);
    await runAlone(async () => {
      await migrate(eventMigrations, ledger, { currentSchema, onStep: options.onMigration });
      await syncWrites(schema, options.syncsWrites ?? false);
      if (ownTurns !== null) await schema.command({ sql: `TRUNCATE TABLE ${wordTable}` });
    });
    await begin();
    const coverage = await readCoverage(engine);
    const others = ownTurns === null ? noOtherWrites : await followParts(engine, ownTurns);
    return createEventStore(engine, { coverage, others, ...parts });
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function readConfig(options: EventStoreOptions): ReadSessionsConfig & { limits: QueryLimits } {
  const memoryBytes = options.queryMemoryBytes ?? 1024 * MiB;
  return {
    readerCount: options.readerCount ?? 2,
    limits: {
      timeoutMs: options.queryTimeoutMs ?? 10_000,
      memoryBytes,
      // What the engine returns is copied once more on its way: half of what a query may use.
      resultBytes: Math.floor(memoryBytes / 2),
    },
    maxWaiting: options.maxWaitingQueries ?? 256,
    maxWaitMs: options.maxWaitMs ?? 10_000,
    clock: systemClock,
  };
}

async function openEmbedded(options: EventStoreOptions): Promise<OpenedEngine> {
  const written = createWrittenHours();
  const path = join(options.dataDir, 'events');
  const clock = systemClock;
  const embedded = await openEmbeddedEngine({ path, ...readConfig(options), clock });
  const engine = new GuardedEngine(embedded, {
    readFreeBytes: () => readFreeBytes(path),
    async loadAgain(canMerge) {
      try {
        for (const table of [eventTable, wordTable])
          await loadAgain({ path, table: `honeyhive.${table}`, clock }, canMerge);
      } finally {
        // Parts that a merge replaced may be back: an event of an hour may be in several.
        written.markAll();
      }
    },
    clock,
  });
  return {
    engine,
    schema: engine,
    begin: () => engine.watch(),
    written,
    requireWritable: () => engine.requireRoom(),
    // Drops no events: what is cached of hours stays true.
    releaseMemory: () => dropCaches(engine),
  };
}

/** Disks and caches of a server are its own business: it reports a full disk, and others use its memory, too. */
async function openRemote(
  options: EventStoreOptions,
  target: ClickHouseTarget,
): Promise<OpenedEngine> {
  const engine = await openRemoteEngine({ target, ...readConfig(options), clock: systemClock });
  try {
    const schema = await forCluster(engine, target.cluster);
    return { engine, schema, begin: () => rememberTokens(engine) };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
