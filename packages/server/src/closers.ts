/** Undoes what was opened, newest first, each step even when one before it failed. */
export type Closers = (() => Promise<void> | void)[];
