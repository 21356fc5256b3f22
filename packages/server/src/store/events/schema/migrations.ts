import type { Migration, MigrationLedger } from '../../migration.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { createHourWords } from './current-schema.ts';
import { syncedInserts, syncedMerges } from './sync-writes.ts';

/** Bytes of text that are compressed together at least: sessions repeat themselves from event to event. */
const payloadBlock = 524_288;
const textBlock = 131_072;

/**
 * Steps by which the tables of older folders become those of today (current-schema.ts). Append only: what is released
 * is never changed.
 */
export const eventMigrations: readonly Migration[] = [
  {
    id: '0001_events',
    statements: [
      `CREATE TABLE IF NOT EXISTS events (
        project_id LowCardinality(String),
        start_hour Int64 CODEC(Delta, ZSTD(1)),
        session_id String CODEC(ZSTD(1)),
        event_id String CODEC(ZSTD(1)),
        version UInt64 CODEC(ZSTD(1)),
        is_deleted UInt8 CODEC(ZSTD(1)),
        event_type LowCardinality(String),
        event_name String CODEC(ZSTD(1)),
        parent_id Nullable(String) CODEC(ZSTD(1)),
        children_ids String CODEC(ZSTD(1)),
        source String CODEC(ZSTD(1)),
        error Nullable(String) CODEC(ZSTD(3)),
        start_time Float64 CODEC(ZSTD(1)),
        end_time Float64 CODEC(ZSTD(1)),
        duration Float64 CODEC(ZSTD(1)),
        prompt_tokens Float64 CODEC(ZSTD(1)),
        completion_tokens Float64 CODEC(ZSTD(1)),
        total_tokens Float64 CODEC(ZSTD(1)),
        cost_usd Float64 CODEC(ZSTD(1)),
        created_at Int64 CODEC(Delta, ZSTD(1)),
        updated_at Int64 CODEC(Delta, ZSTD(1)),
        config String CODEC(ZSTD(3)),
        inputs String CODEC(ZSTD(3)),
        outputs String CODEC(ZSTD(3)),
        metadata String CODEC(ZSTD(3)),
        metrics String CODEC(ZSTD(3)),
        feedback String CODEC(ZSTD(3)),
        user_properties String CODEC(ZSTD(3)),
        has_odd_json UInt8 CODEC(ZSTD(1))
      ) ENGINE = ReplacingMergeTree(version, is_deleted)
      ORDER BY (project_id, start_hour, session_id, event_id)
      SETTINGS index_granularity = 1024, index_granularity_bytes = 41943040`,
      `ALTER TABLE events
        ADD INDEX IF NOT EXISTS event_id_bloom event_id TYPE bloom_filter(0.01) GRANULARITY 1`,
      `ALTER TABLE events
        ADD INDEX IF NOT EXISTS session_id_bloom session_id TYPE bloom_filter(0.01) GRANULARITY 1`,
    ],
  },
  {
    // Rows from before get what an expression can report them; the next version of each is written in full.
    id: '0002_digest',
    statements: [
      `ALTER TABLE events
        ADD COLUMN IF NOT EXISTS input_preview String DEFAULT if(inputs = '{}', '', substringUTF8(inputs, 1, 200)) CODEC(ZSTD(3)),
        ADD COLUMN IF NOT EXISTS output_preview String DEFAULT if(outputs = '{}', '', substringUTF8(outputs, 1, 200)) CODEC(ZSTD(3)),
        ADD COLUMN IF NOT EXISTS model LowCardinality(String) DEFAULT JSONExtractString(config, 'model'),
        ADD COLUMN IF NOT EXISTS user String DEFAULT JSONExtractString(user_properties, 'user_id') CODEC(ZSTD(1)),
        ADD COLUMN IF NOT EXISTS feedback_kind LowCardinality(String) DEFAULT if(feedback = '{}', '', 'note'),
        ADD COLUMN IF NOT EXISTS inputs_bytes UInt64 DEFAULT if(inputs = '{}', 0, length(inputs)) CODEC(ZSTD(1)),
        ADD COLUMN IF NOT EXISTS outputs_bytes UInt64 DEFAULT if(outputs = '{}', 0, length(outputs)) CODEC(ZSTD(1))`,
    ],
  },
  {
    // Codecs by measurement (docs/adr); parts from before take them on when they merge. A page of sessions asks for 100
    // at a time: with one wrong answer in a hundred for each, two granules of three were read.
    id: '0003_finer_index',
    statements: [
      `ALTER TABLE events
        MODIFY COLUMN session_id String CODEC(ZSTD(3)),
        MODIFY COLUMN version UInt64 CODEC(T64, ZSTD(1)),
        MODIFY COLUMN event_name String CODEC(ZSTD(3)),
        MODIFY COLUMN source String CODEC(ZSTD(3)),
        MODIFY COLUMN start_time Float64 CODEC(Delta, ZSTD(1)),
        MODIFY COLUMN created_at Int64 CODEC(T64, ZSTD(1)),
        MODIFY COLUMN updated_at Int64 CODEC(T64, ZSTD(1)),
        MODIFY COLUMN metadata String CODEC(ZSTD(5))`,
      `ALTER TABLE events
        ADD INDEX IF NOT EXISTS session_id_filter session_id TYPE bloom_filter(0.00001) GRANULARITY 1`,
      `ALTER TABLE events DROP INDEX IF EXISTS session_id_bloom`,
      `ALTER TABLE events MATERIALIZE INDEX session_id_filter SETTINGS mutations_sync = 2`,
    ],
  },
  {
    // Granules of 256 rows, and small blocks for all but long texts (docs/adr). The granule of a table cannot be
    // changed, but a new one takes over the parts of another as they are, without copying; what is stored from now on
    // is finer. May be interrupted anywhere: `events` is always complete.
    id: '0004_finer_granules',
    statements: [
      `DROP TABLE IF EXISTS events_finer SYNC`,
      `CREATE TABLE events_finer (
        project_id LowCardinality(String),
        start_hour Int64 CODEC(Delta, ZSTD(1)),
        session_id String CODEC(ZSTD(3)),
        event_id String CODEC(ZSTD(1)),
        version UInt64 CODEC(T64, ZSTD(1)),
        is_deleted UInt8 CODEC(ZSTD(1)),
        event_type LowCardinality(String),
        event_name String CODEC(ZSTD(3)),
        parent_id Nullable(String) CODEC(ZSTD(1)),
        children_ids String CODEC(ZSTD(1)),
        source String CODEC(ZSTD(3)),
        error Nullable(String) CODEC(ZSTD(3)),
        start_time Float64 CODEC(Delta, ZSTD(1)),
        end_time Float64 CODEC(ZSTD(1)),
        duration Float64 CODEC(ZSTD(1)),
        prompt_tokens Float64 CODEC(ZSTD(1)),
        completion_tokens Float64 CODEC(ZSTD(1)),
        total_tokens Float64 CODEC(ZSTD(1)),
        cost_usd Float64 CODEC(ZSTD(1)),
        created_at Int64 CODEC(T64, ZSTD(1)),
        updated_at Int64 CODEC(T64, ZSTD(1)),
        config String CODEC(ZSTD(3)),
        inputs String CODEC(ZSTD(3)) SETTINGS (min_compress_block_size = ${payloadBlock}),
        outputs String CODEC(ZSTD(3)) SETTINGS (min_compress_block_size = ${payloadBlock}),
        metadata String CODEC(ZSTD(5)) SETTINGS (min_compress_block_size = ${textBlock}),
        metrics String CODEC(ZSTD(3)),
        feedback String CODEC(ZSTD(3)),
        user_properties String CODEC(ZSTD(3)),
        has_odd_json UInt8 CODEC(ZSTD(1)),
        input_preview String DEFAULT if(inputs = '{}', '', substringUTF8(inputs, 1, 200)) CODEC(ZSTD(3)) SETTINGS (min_compress_block_size = ${textBlock}),
        output_preview String DEFAULT if(outputs = '{}', '', substringUTF8(outputs, 1, 200)) CODEC(ZSTD(3)) SETTINGS (min_compress_block_size = ${textBlock}),
        model LowCardinality(String) DEFAULT JSONExtractString(config, 'model'),
        user String DEFAULT JSONExtractString(user_properties, 'user_id') CODEC(ZSTD(1)),
        feedback_kind LowCardinality(String) DEFAULT if(feedback = '{}', '', 'note'),
        inputs_bytes UInt64 DEFAULT if(inputs = '{}', 0, length(inputs)) CODEC(ZSTD(1)),
        outputs_bytes UInt64 DEFAULT if(outputs = '{}', 0, length(outputs)) CODEC(ZSTD(1)),
        INDEX event_id_bloom event_id TYPE bloom_filter(0.01) GRANULARITY 1,
        INDEX session_id_filter session_id TYPE bloom_filter(0.00001) GRANULARITY 1
      ) ENGINE = ReplacingMergeTree(version, is_deleted)
      ORDER BY (project_id, start_hour, session_id, event_id)
      SETTINGS index_granularity = 256, index_granularity_bytes = 41943040, min_compress_block_size = 8192`,
      `ALTER TABLE events_finer ATTACH PARTITION tuple() FROM events`,
      `EXCHANGE TABLES events AND events_finer`,
      `DROP TABLE IF EXISTS events_finer SYNC`,
    ],
  },
  {
    // What a merge replaced may be deleted at once by default (chdb; the engine on its own waits 8 minutes). When the
    // merge met a full disk, there is nothing else to go back to: see guarded-engine.ts.
    id: '0005_keep_merged_parts',
    statements: ['ALTER TABLE events MODIFY SETTING old_parts_lifetime = 10'],
  },
  {
    // One filter for four granules, as many as there were before granules were finer: each is read by every lookup. A
    // page of updates asks for hundreds of ids at once: one wrong answer in a hundred for each reads half of the table.
    id: '0006_coarser_filters',
    statements: [
      `ALTER TABLE events
        ADD INDEX IF NOT EXISTS session_filter session_id TYPE bloom_filter(0.00001) GRANULARITY 4`,
      `ALTER TABLE events
        ADD INDEX IF NOT EXISTS event_filter event_id TYPE bloom_filter(0.0001) GRANULARITY 4`,
      `ALTER TABLE events MATERIALIZE INDEX event_filter SETTINGS mutations_sync = 2`,
      `ALTER TABLE events MATERIALIZE INDEX session_filter SETTINGS mutations_sync = 2`,
      `ALTER TABLE events DROP INDEX IF EXISTS event_id_bloom`,
      `ALTER TABLE events DROP INDEX IF EXISTS session_id_filter`,
    ],
  },
  {
    // The system writes files within half a minute, and what a merge replaced is deleted after ten seconds: a power cut
    // between the two would take events that had been on the disk for long.
    id: '0007_sync_merges',
    statements: [`ALTER TABLE events MODIFY SETTING ${syncedMerges}`],
  },
  {
    // 6 % of the bytes of previews, a fifth of those of an event; parts from before gain when they merge.
    id: '0008_smaller_previews',
    statements: [
      `ALTER TABLE events
        MODIFY COLUMN input_preview CODEC(ZSTD(6)),
        MODIFY COLUMN output_preview CODEC(ZSTD(6))`,
    ],
  },
  {
    // Nobody noted it before: sessions of an organisation key that are in flight continue where they are.
    id: '0009_by_organisation',
    statements: [
      `ALTER TABLE events
        ADD COLUMN IF NOT EXISTS by_organisation UInt8 DEFAULT 1 CODEC(ZSTD(1))`,
    ],
  },
  {
    // Which span named the session of a trace, and which ones the root of a session was made after.
    id: '0010_origin',
    statements: [`ALTER TABLE events ADD COLUMN IF NOT EXISTS origin String CODEC(ZSTD(1))`],
  },
  {
    // Nobody noted it before: a step that took no time and has no output counts as running, as it did then.
    id: '0011_has_ended',
    statements: [
      `ALTER TABLE events
        ADD COLUMN IF NOT EXISTS has_ended UInt8 DEFAULT end_time > start_time OR duration > 0 OR outputs_bytes > 0 CODEC(ZSTD(1))`,
    ],
  },
  {
    // Costs were only those that senders reported; the others are found by `honeyhive reprice`.
    id: '0012_cost_source',
    statements: [
      `ALTER TABLE events
        ADD COLUMN IF NOT EXISTS cost_source LowCardinality(String)
        DEFAULT multiIf(cost_usd > 0, 'sender', total_tokens > 0, 'unknown', '')`,
    ],
  },
  {
    // Sums counted every event but the root; events of a session are looked at again when it is next written to.
    id: '0013_repeated_use',
    statements: [
      `ALTER TABLE events
        ADD COLUMN IF NOT EXISTS repeated_use UInt8 DEFAULT if(event_id = session_id, 3, 0) CODEC(ZSTD(1))`,
    ],
  },
  {
    id: '0014_hour_words',
    statements: [createHourWords],
  },
  {
    // How many parts of a size become one. With 10 instead of 5 a row is merged less often, which is a quarter of the
    // CPU of an event; a table at rest has two or three parts more.
    id: '0015_wider_merges',
    statements: ['ALTER TABLE events MODIFY SETTING merge_selector_base = 10'],
  },
  {
    // Nothing was emptied before.
    id: '0016_is_emptied',
    statements: [
      `ALTER TABLE events
        ADD COLUMN IF NOT EXISTS is_emptied UInt8 DEFAULT 0 CODEC(ZSTD(1))`,
    ],
  },
  {
    // Nobody noted it before: what is stored stands for itself.
    id: '0017_sample_rate',
    statements: [
      `ALTER TABLE events
        ADD COLUMN IF NOT EXISTS sample_rate Float64 DEFAULT 1 CODEC(ZSTD(1)),
        ADD COLUMN IF NOT EXISTS is_partial UInt8 DEFAULT 0 CODEC(ZSTD(1))`,
    ],
  },
  {
    // Nobody noted it before.
    id: '0018_api_key',
    statements: ['ALTER TABLE events ADD COLUMN IF NOT EXISTS api_key_id LowCardinality(String)'],
  },
];

/**
 * What the ledger itself needs; run at every start. What it says is on the disk before the next step: the schema is,
 * and a power cut that took only the record of a step would have it done again on a table that is further.
 */
export const ledgerStatements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS schema_migrations (
    id String, started_at Int64, finished_at Int64
  ) ENGINE = ReplacingMergeTree(finished_at) ORDER BY id`,
  `ALTER TABLE schema_migrations MODIFY SETTING ${[...syncedInserts, syncedMerges].join(', ')}`,
];

/** Records the steps in the database; `finished_at` is 0 until the last statement has run. */
export function createEventLedger(engine: EventEngine, now: () => number): MigrationLedger {
  const record = async (
    ids: readonly string[],
    startedAt: number,
    finishedAt: number,
  ): Promise<void> =>
    engine.insert({
      table: 'schema_migrations',
      columns: ['id', 'started_at', 'finished_at'],
      tsv: Buffer.from(ids.map((id) => `${id}\t${startedAt}\t${finishedAt}\n`).join('')),
    });
  return {
    async read() {
      for (const sql of ledgerStatements) await engine.command({ sql });
      const sql = 'SELECT id, finished_at FROM schema_migrations FINAL ORDER BY id';
      return readRows(await engine.query({ sql }), (cursor) => ({
        id: cursor.string(),
        isFinished: cursor.int64() > 0,
      }));
    },
    run: (sql) => engine.command({ sql }),
    start: (id) => record([id], now(), 0),
    finish: (ids) => record(ids, now(), now()),
  };
}
