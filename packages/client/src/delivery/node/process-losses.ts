import type { Logger } from '../../options/logger.ts';
import { warnOf } from '../losses.ts';
import type { Loss } from '../losses.ts';

interface Losses {
  events: number;
  /** Of the first one. */
  readonly message: string;
  isMixed: boolean;
}

/** Numbers only: clients that lost events are not held. */
const losses = new Map<Logger, Losses>();

/** Adds to what {@link reportLosses} says. */
export function addLoss(logger: Logger, { events, message }: Loss): void {
  if (events === 0) return;
  const known = losses.get(logger);
  if (known === undefined) {
    losses.set(logger, { events, message, isMixed: false });
    return;
  }
  known.events += events;
  known.isMixed ||= known.message !== message;
}

/** One warning for each logger, with the number of events that were lost. */
export function reportLosses(): void {
  for (const [logger, { events, message, isMixed }] of losses) {
    const what = events === 1 ? '1 event was' : `${events} events were`;
    warnOf(logger, `${what} not delivered: ${message}${isMixed ? ' (and other reasons)' : ''}`);
  }
  losses.clear();
}
