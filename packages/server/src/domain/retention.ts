import type { JsonObject } from './json-text.ts';

const dayMs = 86_400_000;

/** Settings that say for how long something is kept. */
export type RetentionSetting = 'retention_days' | 'payload_retention_days';

/**
 * The instant before which a session must have changed last to be deleted now, or its payloads; null: they are kept
 * forever.
 *
 * Whole days, UTC: deleting rewrites the parts of the table that hold what goes, so that a project has something to
 * delete once a day, however often somebody looks.
 *
 * @param settings of a project
 * @param now epoch milliseconds
 */
export function readExpiry(
  settings: JsonObject,
  now: number,
  setting: RetentionSetting = 'retention_days',
): number | null {
  const days = settings[setting];
  if (typeof days !== 'number' || days < 1) return null;
  return Math.floor(now / dayMs) * dayMs - days * dayMs;
}
