import { isDeepStrictEqual } from 'node:util';
import type { SentEvent } from './conversation-sender.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The service may add to metadata, where it keeps sums and origins; what was sent must be there as it was sent. */
function isKept(field: string, sent: unknown, read: unknown): boolean {
  if (field !== 'metadata' || !isFields(sent) || !isFields(read)) {
    return isDeepStrictEqual(sent, read);
  }
  return Object.entries(sent).every(([name, value]) => isDeepStrictEqual(value, read[name]));
}

/**
 * What differs between events that were sent and events that were read back; one sentence each, none when all is well.
 */
export function findDifferences(
  sent: readonly SentEvent[],
  read: readonly Fields[],
): readonly string[] {
  const differences: string[] = [];
  const byId = new Map<unknown, Fields>();
  for (const event of read) {
    const id = event['event_id'];
    if (byId.has(id)) differences.push(`event ${String(id)} came back twice`);
    byId.set(id, event);
  }
  for (const event of sent) {
    const found = byId.get(event.event_id);
    if (!found) {
      differences.push(`event ${event.event_id} (${String(event.event_name)}) is missing`);
      continue;
    }
    byId.delete(event.event_id);
    for (const [field, value] of Object.entries(event)) {
      if (value === undefined || isKept(field, value, found[field])) continue;
      differences.push(`event ${event.event_id}: ${field} came back differently`);
    }
  }
  for (const id of byId.keys()) differences.push(`event ${String(id)} was never sent`);
  return differences;
}
