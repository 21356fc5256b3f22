import { isObject } from '../json/json-object.ts';
import { parseJson } from '../json/parse-json.ts';
import { join } from './join.ts';
import type { Place } from './slab.ts';
import type { Snapshot } from './snapshot.ts';

const newline = 0x0a;

/** Events as lines of a spool file: their JSON, which has no line break. */
export const encodeEvents = (events: readonly Place[]): Uint8Array =>
  join(events, { before: 0, separator: newline, after: 0 });

/** Ids of events that are settled, as a line of a spool file. */
export const encodeSettled = (eventIds: readonly string[]): string =>
  `${JSON.stringify(eventIds)}\n`;

/** The events of a spool file that are not settled, in order. Lines that are torn are left out. */
export function decodeSegment(file: string): Snapshot[] {
  const pending = new Map<string, Snapshot>();
  for (const text of file.split('\n')) {
    const line = parseJson(text);
    if (Array.isArray(line)) for (const id of line) pending.delete(String(id));
    if (!isObject(line)) continue;
    const { event_id: eventId, session_id: sessionId } = line;
    if (typeof eventId !== 'string' || typeof sessionId !== 'string') continue;
    pending.set(eventId, { eventId, sessionId, head: '', text });
  }
  return [...pending.values()];
}
