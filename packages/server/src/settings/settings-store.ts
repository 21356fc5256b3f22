import { describeRecord, integer, objectText, plain } from '../domain/record.ts';

export const settingsRecord = describeRecord({
  project_id: plain,
  /** JSON text of an object. */
  settings: objectText,
  updated_at: integer,
});

/** Settings of projects, as objects that are merged. */
export interface SettingsStore {
  /** Settings as merged so far; an empty object when none were set. */
  readSettings(
    projectId: string,
  ): Promise<{ settings: Record<string, unknown>; updatedAt: number | null }>;
  /** The settings of every project that has any. */
  listSettings(): Promise<{ projectId: string; settings: Record<string, unknown> }[]>;
  /** Replaces the settings with what `change` makes of them, atomically. */
  changeSettings(
    projectId: string,
    change: (settings: Record<string, unknown>) => Record<string, unknown>,
    now: number,
  ): Promise<{ settings: Record<string, unknown>; updatedAt: number }>;
}
