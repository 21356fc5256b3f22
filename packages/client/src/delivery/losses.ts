import type { Drop } from '../errors/drop.ts';
import type { Logger } from '../options/logger.ts';

/** Events of one client that were not delivered, and why. */
export interface Loss {
  readonly events: number;
  readonly message: string;
}

/** Counts a loss, for one report to the logger when the process ends. */
export type NoteLoss = (logger: Logger, loss: Loss) => void;

/** Calls a logger, which may throw. */
export function warnOf(logger: Logger, message: string): void {
  try {
    logger.warn(message);
  } catch {
    // A logger that throws must not fail what it logs.
  }
}

/** Warns of the first event that a client loses; the others are counted. Sessions that are not sampled are no loss. */
export function createLossNotice(
  logger: Logger | null,
  noteLoss: NoteLoss | null,
): (drop: Drop) => void {
  let isFirst = true;
  return ({ reason, message }) => {
    if (logger === null || reason === 'sampled_out') return;
    noteLoss?.(logger, { events: 1, message });
    if (!isFirst) return;
    isFirst = false;
    warnOf(
      logger,
      `an event was not delivered: ${message}. Further ones are counted by stats() and reported to onDrop.`,
    );
  };
}
