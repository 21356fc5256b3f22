import type { StoredEvent } from '../domain/stored-event.ts';
import { versionOf } from '../domain/turn-version.ts';

/**
 * Rows of a commit with versions of their turn, which keep their order: whatever an earlier turn still writes has a
 * lower one. A root that is made for its events keeps version 0, below everything. Pure.
 *
 * @param turn number of the turn; null: versions stay
 */
export function numberVersions(
  rows: readonly StoredEvent[],
  turn: number | null,
): readonly StoredEvent[] {
  if (turn === null) return rows;
  const counts = new Map<string, number>();
  const numbered = new Map<StoredEvent, StoredEvent>();
  for (const row of rows.toSorted((a, b) => a.version - b.version)) {
    if (row.version === 0) continue;
    const key = `${row.projectId}\n${row.eventId}`;
    const place = counts.get(key) ?? 0;
    counts.set(key, place + 1);
    // One that was imported may be higher.
    numbered.set(row, { ...row, version: Math.max(row.version, versionOf(turn, place)) });
  }
  return rows.map((row) => numbered.get(row) ?? row);
}
