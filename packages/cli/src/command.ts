import type { ExitName } from './exit-codes.ts';
import type { Terminal } from './output/terminal.ts';

/** One option of a command. */
export interface OptionRow {
  /** With its dashes. */
  readonly flag: string;
  /** Name of the value in the help; null for a switch, which has none. */
  readonly value: string | null;
  readonly doc: string;
  /** As shown in the help; null if absent. */
  readonly default?: string | null;
  /** Environment variable with the same meaning. */
  readonly env?: string;
  readonly choices?: readonly string[];
}

/** One positional argument of a command. */
export interface ArgumentRow {
  /** As shown in the help. */
  readonly name: string;
  readonly doc: string;
}

/** A command line, taken apart. */
export interface CommandInput {
  /** Value by flag; the empty string for a switch that was given. */
  readonly flags: Readonly<Record<string, string>>;
  /** One for each argument of the command. */
  readonly args: readonly string[];
}

/** Does the command's work; returns the exit code. Throws `Failure` for what the person can act on. */
export type RunCommand = (input: CommandInput, terminal: Terminal) => Promise<number>;

/** One command. Parsing, help and the reference are made from these rows. */
export interface CommandRow {
  /** One or two words: `serve`, `keys create`. */
  readonly name: string;
  /** One line, for lists. */
  readonly summary: string;
  /** More, for the command's own help. */
  readonly details?: string;
  /** All of them are required. */
  readonly args: readonly ArgumentRow[];
  readonly options: readonly OptionRow[];
  /** Settings of the service that the command takes as options, too. */
  readonly settings: 'none' | 'dataDir' | 'all';
  readonly examples: readonly string[];
  /** How it can end, beyond `ok`, `failed` and `usage`. */
  readonly exits: readonly ExitName[];
  readonly load: () => Promise<{ readonly run: RunCommand }>;
}
