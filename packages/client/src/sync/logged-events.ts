import { noteProcessLoss, watchProcess } from '../delivery/node/process-end.ts';
import type { Loss } from '../delivery/losses.ts';
import type { Logger } from '../options/logger.ts';
import type { DeliveryReport, DeliveryStats } from '../delivery/outcome.ts';

/** What the end of the process is to do about events that were logged. */
export interface EndConfig {
  /** Seconds without an answer; 0 does not wait. */
  readonly exitTimeout: number;
  readonly handlesSignals: boolean;
  /** Reports events that are lost; null: nobody does. */
  readonly logger: Logger | null;
  /** Whether a folder keeps them for the next start. */
  readonly isSpooled: boolean;
}

/** The worker that holds the events. */
export interface EventHolder {
  isThere(): boolean;
  stats(): DeliveryStats;
  /**
   * Starts a flush; what it returns waits for its end.
   *
   * @param timeout in seconds
   */
  startFlush(timeout: number): () => DeliveryReport;
}

/** Watches for the end of the process: the worker, which holds what was logged, ends with it. */
export interface LoggedEvents {
  /** Something was logged. */
  note(): void;
  /** Before the worker ends. */
  stop(): void;
}

/** The reason of each event is known to the worker alone, which has warned of the first one. */
function toLoss({ dropped, pending, unspooled }: DeliveryStats, isSpooled: boolean): Loss {
  const { sampled_out: _, ...lost } = dropped;
  const unsent = isSpooled ? Math.min(unspooled, pending) : pending;
  const counts = Object.entries({ ...lost, pending: unsent }).filter(([, count]) => count > 0);
  return {
    events: counts.reduce((sum, [, count]) => sum + count, 0),
    message: counts.map(([reason, count]) => `${reason} ${count}`).join(', '),
  };
}

function reportLoss(holder: EventHolder, { isSpooled, logger }: EndConfig): void {
  try {
    if (logger === null || !holder.isThere()) return;
    noteProcessLoss(logger, toLoss(holder.stats(), isSpooled));
  } catch {
    // The worker was lost just now.
  }
}

const nothing = (): void => undefined;

/** The process is ending as it would have: an error can be reported to nobody. */
function attempt(act: () => () => void): () => void {
  try {
    return act();
  } catch {
    return nothing;
  }
}

/** Starts the delivery, so that all clients deliver at once; what it returns waits for the end. */
const startDelivery = (holder: EventHolder, { exitTimeout, isSpooled }: EndConfig): (() => void) =>
  attempt(() => {
    if (exitTimeout === 0) return nothing;
    const { pending, stored, unspooled } = holder.stats();
    if (pending === 0 || (isSpooled && unspooled === 0)) return nothing;
    const awaitReport = holder.startFlush(exitTimeout);
    const finish = (): (() => void) => {
      // As long as the service answers, there is no reason to give up.
      for (let before = stored, report = awaitReport(); report.pending > 0;) {
        if (report.stored <= before) break;
        before = report.stored;
        report = holder.startFlush(exitTimeout)();
      }
      return nothing;
    };
    return () => void attempt(finish);
  });

export function watchLogged(holder: EventHolder, config: EndConfig): LoggedEvents {
  const { handlesSignals } = config;
  let stop: (() => void) | null = null;

  const readPending = (): number => {
    try {
      return holder.isThere() ? holder.stats().pending : 0;
    } catch {
      // The worker was lost just now, and its events with it.
      return 0;
    }
  };
  return {
    note() {
      stop ??= watchProcess({
        handlesSignals,
        pending: readPending,
        async flushAll() {
          const finish = startDelivery(holder, config);
          await Promise.resolve();
          finish();
        },
        toExitJob(isTooLate) {
          const finish = isTooLate ? nothing : startDelivery(holder, config);
          return () => {
            finish();
            reportLoss(holder, config);
          };
        },
      });
    },
    stop() {
      if (stop === null) return;
      reportLoss(holder, config);
      stop();
    },
  };
}
