/** Where a command's output goes, and what it knows of the world around the process. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person watches standard error, so that a line there may be overwritten. */
  readonly isInteractive: boolean;
  /** Characters in a line. */
  readonly columns: number;
  /** Writes to standard output: results, for people or programs. */
  write(text: string): void;
  /** Writes to standard error: progress, warnings, errors. */
  note(text: string): void;
}

const defaultColumns = 100;

/** The terminal, pipes or files that the process was started with. */
export function createTerminal(env: Terminal['env']): Terminal {
  return {
    env,
    isInteractive: process.stderr.isTTY,
    columns: process.stdout.isTTY ? process.stdout.columns : defaultColumns,
    write: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(text),
  };
}
