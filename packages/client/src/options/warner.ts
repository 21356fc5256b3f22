import type { Logger } from './logger.ts';

/** Reports something that the operator should know. */
export type Warn = (message: string) => void;

const warned = new Set<string>();

/** Tells a logger each message once in the life of the process, for however many clients; null: nobody. */
export function createWarner(logger: Logger | null): Warn {
  if (logger === null) return () => undefined;
  return (message) => {
    if (warned.has(message)) return;
    warned.add(message);
    try {
      logger.warn(message);
    } catch {
      // A logger that throws must not fail the call it logs.
    }
  };
}
