// How much of everything: as much as the goals are about, or as little as shows whether what is read is right.

/** Counts as changed when sets that were made before are of no use any more. */
export const setVersion = 1;

const mebibyte = 1024 * 1024;

const full = {
  name: 'full',
  listSessions: 100_000,
  longSessions: 21,
  longEvents: 10_000,
  hugeEvents: 100_000,
  /** Bytes of JSON, by what the event is called. */
  payloads: {
    'json-100k': 100_000,
    'json-1m': mebibyte - 4_096,
    'json-20m': 20 * mebibyte - 4_096,
  },
  /** Characters of one message. */
  messages: { 'text-1m': 1_000_000 },
  /** How often a short measurement is made; its median counts. */
  rounds: 3,
  filters: 20,
  scrollMs: 2_500,
  live: { eventsPerSecond: 200, seconds: 60 },
};

const short = {
  ...full,
  name: 'short',
  listSessions: 2_000,
  longSessions: 3,
  longEvents: 1_000,
  hugeEvents: 3_000,
  payloads: { 'json-100k': 100_000, 'json-1m': 1_000_000, 'json-20m': 2_000_000 },
  messages: { 'text-1m': 100_000 },
  rounds: 1,
  filters: 3,
  scrollMs: 300,
  live: { eventsPerSecond: 100, seconds: 4 },
};

export const planOf = (isShort) => (isShort ? short : full);
