import type { StoredChange } from '../ingest/stored-feed.ts';

type Entry = readonly [string, string, string, number, number, 0 | 1];

const toEntry = (change: StoredChange): Entry => [
  change.projectId,
  change.sessionId,
  change.eventId,
  change.startTime,
  change.updatedAt,
  change.isDeleted ? 1 : 0,
];

const fromEntry = ([projectId, sessionId, eventId, startTime, updatedAt, isDeleted]: Entry) => ({
  projectId,
  sessionId,
  eventId,
  startTime,
  updatedAt,
  isDeleted: isDeleted === 1,
});

/** Changes as texts of at most so many bytes; null for each that fits into none. */
export function toMessages(
  changes: readonly StoredChange[],
  maxBytes: number,
): readonly (string | null)[] {
  const messages: (string | null)[] = [];
  let entries: string[] = [];
  let bytes = 2;
  const flush = (): void => {
    if (entries.length > 0) messages.push(`[${entries.join()}]`);
    [entries, bytes] = [[], 2];
  };
  for (const change of changes) {
    const entry = JSON.stringify(toEntry(change));
    const size = Buffer.byteLength(entry) + 1;
    if (2 + size > maxBytes) {
      messages.push(null);
      continue;
    }
    if (bytes + size > maxBytes) flush();
    entries.push(entry);
    bytes += size;
  }
  flush();
  return messages;
}

/** The changes in a text of {@link toMessages} of this version or an older one. */
export function fromMessage(text: string): readonly StoredChange[] {
  const entries = JSON.parse(text) as readonly Entry[];
  return entries.map(fromEntry);
}
