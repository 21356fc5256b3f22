import type { Logger } from './logger.ts';

/** Reports something that the operator should know. */
export type Warn = (message: string) => void;

const told = new Set<string>();

/** Tells a logger each message once in the life of the process, for however many clients; null: nobody. */
export function createWarner(logger: Logger | null): Warn {
  if (logger === null) return () => undefined;
  return (message) => {
    if (told.has(message)) return;
    told.add(message);
    try {
      logger.warn(message);
    } catch {
      // A logger that fails must not cost the call that it is told of.
    }
  };
}
