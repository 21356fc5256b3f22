import type { HotkeyScope } from '../kit/hotkeys.ts';

/** A row of the palette. */
export interface Command {
  /** Under which heading: what the scope of its keys is called. */
  readonly group: string;
  readonly label: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** Available commands: all named actions of the active scopes, highest-priority scope first. */
export const toCommands = (scopes: readonly HotkeyScope[]): readonly Command[] =>
  scopes.flatMap(({ title, hotkeys }) =>
    hotkeys
      .filter(({ label }) => label !== '')
      .map(({ label, keys, run }) => ({
        group: title,
        label,
        run,
        ...(keys === undefined ? {} : { keys }),
      })),
  );

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id of a session, when that is what was pasted. */
export const readSessionId = (text: string): string | null =>
  uuid.test(text.trim()) ? text.trim() : null;
