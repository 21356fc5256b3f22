import { syncedInserts, syncedMerges } from './sync-writes.ts';

/** Bytes of text that are compressed together at least: sessions repeat themselves from event to event. */
const payloadBlock = 524_288;
const textBlock = 131_072;
/** The words of many hours: they are nearly the same from hour to hour. */
const wordBlock = 4_194_304;

/**
 * The tables of events as they are today, for a new folder: one statement each costs a tenth of the steps by which
 * older folders came here (migrations.ts). A new step changes this file too; a test compares the two.
 *
 * The sort key puts a project's events of one hour together, by session. `session_id` and `event_id` are part of it,
 * so that versions of one event meet when parts merge; the bloom filters find them without their hour. The cap in bytes
 * keeps granules of large rows from shrinking to a few.
 */
const createEvents = `CREATE TABLE events (
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
  input_preview String DEFAULT if(inputs = '{}', '', substringUTF8(inputs, 1, 200))
    CODEC(ZSTD(6)) SETTINGS (min_compress_block_size = ${textBlock}),
  output_preview String DEFAULT if(outputs = '{}', '', substringUTF8(outputs, 1, 200))
    CODEC(ZSTD(6)) SETTINGS (min_compress_block_size = ${textBlock}),
  model LowCardinality(String) DEFAULT JSONExtractString(config, 'model'),
  user String DEFAULT JSONExtractString(user_properties, 'user_id') CODEC(ZSTD(1)),
  feedback_kind LowCardinality(String) DEFAULT if(feedback = '{}', '', 'note'),
  inputs_bytes UInt64 DEFAULT if(inputs = '{}', 0, length(inputs)) CODEC(ZSTD(1)),
  outputs_bytes UInt64 DEFAULT if(outputs = '{}', 0, length(outputs)) CODEC(ZSTD(1)),
  by_organisation UInt8 DEFAULT 1 CODEC(ZSTD(1)),
  origin String CODEC(ZSTD(1)),
  has_ended UInt8 DEFAULT end_time > start_time OR duration > 0 OR outputs_bytes > 0 CODEC(ZSTD(1)),
  cost_source LowCardinality(String) DEFAULT multiIf(cost_usd > 0, 'sender', total_tokens > 0, 'unknown', ''),
  repeated_use UInt8 DEFAULT if(event_id = session_id, 3, 0) CODEC(ZSTD(1)),
  is_emptied UInt8 DEFAULT 0 CODEC(ZSTD(1)),
  sample_rate Float64 DEFAULT 1 CODEC(ZSTD(1)),
  is_partial UInt8 DEFAULT 0 CODEC(ZSTD(1)),
  api_key_id LowCardinality(String),
  INDEX session_filter session_id TYPE bloom_filter(0.00001) GRANULARITY 4,
  INDEX event_filter event_id TYPE bloom_filter(0.0001) GRANULARITY 4
) ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (project_id, start_hour, session_id, event_id)
SETTINGS index_granularity = 256, index_granularity_bytes = 41943040, min_compress_block_size = 8192,
  old_parts_lifetime = 10, ${syncedMerges}, merge_selector_base = 10`;

/**
 * Which words the events of each hour contain, for searches of text.
 *
 * Empty at first: hours are added in the background, and searches read those without words in full. What says that
 * words are stale is on the disk before the events are that make them so, or a power cut would hide these.
 */
export const createHourWords = `CREATE TABLE IF NOT EXISTS hour_words (
  project_id LowCardinality(String),
  start_hour Int64,
  state UInt8,
  stamp UInt64,
  words String CODEC(ZSTD(3)) SETTINGS (min_compress_block_size = ${wordBlock}, max_compress_block_size = ${wordBlock})
) ENGINE = ReplacingMergeTree(stamp)
ORDER BY (project_id, start_hour)
SETTINGS ${[...syncedInserts, syncedMerges].join(', ')}`;

/**
 * Makes the tables in a folder where no step was recorded. What a start that was killed left there goes first; a folder
 * with events in it is refused.
 */
export const currentSchema: readonly string[] = [
  `SELECT throwIf(
      coalesce(sum(total_rows), 0) > 0,
      'The data folder has events, but no record of the steps that made its tables. Restore a backup of it.'
    ) FROM system.tables WHERE database = currentDatabase() AND name = 'events'`,
  'DROP TABLE IF EXISTS events SYNC',
  'DROP TABLE IF EXISTS hour_words SYNC',
  createEvents,
  createHourWords,
];
