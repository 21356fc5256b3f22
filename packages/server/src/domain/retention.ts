import type { JsonObject } from './json-text.ts';

const dayMs = 86_400_000;

/**
 * The instant before which a session must have changed last to be deleted now; null: events are kept forever.
 *
 * Whole days, UTC: deleting rewrites the parts of the table that hold what goes, so that a project has something to
 * delete once a day, however often somebody looks.
 *
 * @param settings of a project
 * @param now epoch milliseconds
 */
export function readExpiry(settings: JsonObject, now: number): number | null {
  const days = settings['retention_days'];
  if (typeof days !== 'number' || days < 1) return null;
  return Math.floor(now / dayMs) * dayMs - days * dayMs;
}
