import type { Core } from '../call/core.ts';
import type { Drop } from '../errors/drop.ts';
import type { DeliveryConfig } from '../options/delivery-config.ts';
import type { BackgroundTimers, Clock, Random } from '../runtime/clock.ts';
import { Accounts } from './accounts.ts';
import { toBodies } from './body.ts';
import type { Entry } from './entry.ts';
import { FlushWaiters } from './flush-waiters.ts';
import { createGate } from './gate.ts';
import { createIntake } from './intake.ts';
import type { DeliveryReport, DeliveryStats } from './outcome.ts';
import type { DeliveryPlatform, EndWatched } from './platform.ts';
import { Pump } from './pump.ts';
import type { Receipt } from './receipt.ts';
import { createSender } from './sender.ts';
import { SessionLanes } from './session-lanes.ts';
import { Slab } from './slab.ts';
import type { Spool, SpoolDeps } from './spool.ts';
import { Suspects } from './suspects.ts';

/**
 * Delivers events in the background.
 *
 * Holds at any time: sent = stored + dropped + pending.
 */
export interface Delivery {
  logEvent(input: unknown): Receipt;
  logSession(input: unknown): Receipt;
  /** Send what waits; settles when all that was logged before is settled, or after `timeoutMs`; null: the default. */
  flush(timeoutMs: number | null): Promise<DeliveryReport>;
  stats(): DeliveryStats;
  /** Flush, then drop what is still pending. What is logged afterwards is dropped. */
  close(): Promise<void>;
}

/** What delivery takes from around it. */
export interface DeliveryDeps {
  readonly core: Core;
  readonly platform: DeliveryPlatform;
  readonly clock: Clock;
  readonly timers: BackgroundTimers;
  readonly random: Random;
}

const unsent: Drop = {
  reason: 'closed',
  message: 'the client was closed before the event was acknowledged',
};

export function createDelivery(config: DeliveryConfig, deps: DeliveryDeps): Delivery {
  const parts = assemble(config, deps);
  const { accounts, gate, intake, lanes, pump, spool, suspects } = parts;
  const flush = createFlush(config, parts);
  const watch = createWatch(deps.platform, parts, flush);

  const end = async (): Promise<void> => {
    intake.close();
    // What is dropped below stays in the files.
    spool?.flush();
    await flush(null);
    parts.ending.abort();
    gate.open();
    for (const entry of [...lanes.clear(), ...suspects.clear()]) accounts.settle(entry, unsent);
    // What was in flight ends at once, now that it is aborted.
    await flush(null);
    spool?.close();
    watch.stop();
  };
  parts.replay();
  if (accounts.tally.pending > 0) watch.start();
  let closing: Promise<void> | undefined;
  return {
    logEvent(input) {
      watch.start();
      return intake.logEvent(input);
    },
    logSession(input) {
      watch.start();
      return intake.logSession(input);
    },
    flush,
    stats: () => ({
      unsampled: deps.core.sampler.unsampledCount(),
      ...accounts.tally.report(),
      unspooled: spool?.unspooled ?? 0,
      refusedSpoolFiles: spool?.refusedFiles ?? 0,
      pendingBytes: accounts.load.bytes,
      inFlight: pump.inFlight,
      pausedForMs: gate.pausedForMs(),
    }),
    close: () => (closing ??= end()),
  };
}

type Parts = ReturnType<typeof assemble>;

const createFlush =
  (config: DeliveryConfig, { accounts, pump, suspects, waiters }: Parts): Delivery['flush'] =>
  async (timeoutMs) => {
    suspects.drain();
    pump.drain();
    await waiters.wait({
      until: accounts.tally.sent,
      remaining: accounts.load.events,
      timeoutMs: timeoutMs ?? config.flushTimeoutMs,
    });
    return accounts.tally.report();
  };

/** Watches for the end of the process, from the first event on. */
function createWatch(
  platform: DeliveryPlatform,
  { accounts, lanes, pump, spool, suspects }: Parts,
  flush: Delivery['flush'],
) {
  let stop: (() => void) | null = null;
  let isStarted = false;
  const listPending = (): Entry[] =>
    // What was set aside may be of a batch that is still in flight.
    [...new Set([...pump.listUnderWay(), ...lanes.list(), ...suspects.list()])]
      .filter((entry) => entry.outcome === null && spool?.holds(entry) !== true)
      .sort((one, other) => one.sequence - other.sequence);
  const watched: EndWatched = {
    pending: () => accounts.tally.pending,
    stored: () => accounts.tally.stored,
    flush: async (timeoutMs) => void (await flush(timeoutMs)),
    drainToBodies: () => {
      spool?.flush();
      return toBodies(listPending(), pump.size);
    },
  };
  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      stop = platform.watchEnd?.(watched) ?? null;
    },
    stop: () => stop?.(),
  };
}

/** The parts, each knowing only those that it needs. */
function assemble(config: DeliveryConfig, { core, platform, clock, timers, random }: DeliveryDeps) {
  const waiters = new FlushWaiters(clock);
  const spool = openSpool(config, { core, platform, timers, onFileGone: () => replay() });
  const slab = new Slab();
  const accounts = new Accounts({ bounds: config, waiters, onDrop: config.onDrop, spool, slab });
  const lanes = new SessionLanes({ tracksAge: config.onFull === 'drop-oldest' });
  const gate = createGate(config.backoff, { timers, random, monotonicMs: clock.monotonicMs });
  const ending = new AbortController();
  const suspects = new Suspects({
    backoff: config.backoff,
    timers,
    random,
    onDue: () => pump.noteSuspectDue(),
  });
  const send = createSender({
    core,
    gate,
    gzip: config.isCompressed ? platform.gzip : null,
    signal: ending.signal,
    suspicionOf: (entry) => suspects.suspicionOf(entry),
    setAside: (entry, suspicion) => suspects.setAside(entry, suspicion),
    onRetry: () => accounts.tally.noteRetried(),
    onTooLarge: (refused) => pump.shrink(refused),
    settle: (entry, drop) => accounts.settle(entry, drop),
  });
  const pump: Pump = new Pump(
    {
      maxEvents: config.maxBatchEvents,
      maxBytes: config.maxBatchBytes,
      maxInFlight: config.maxInFlight,
      flushIntervalMs: config.flushIntervalMs,
    },
    { lanes, suspects, timers, send },
  );
  const intake = createIntake(config, {
    core,
    accounts,
    lanes,
    spool,
    slab,
    onPushed: () => pump.notePushed(),
  });
  const replay = (): void =>
    spool?.adopt({
      // One file is taken in any case: it may be larger than the queue.
      hasRoom: (bytes) =>
        intake.isOpen() && (accounts.load.events === 0 || accounts.admit(bytes) === 'fits'),
      take: intake.readmit,
    });
  return { accounts, ending, gate, intake, lanes, pump, replay, spool, suspects, waiters };
}

function openSpool(
  { spool }: DeliveryConfig,
  deps: Pick<DeliveryDeps, 'core' | 'platform' | 'timers'> & Pick<SpoolDeps, 'onFileGone'>,
): Spool | null {
  const { core, platform, timers, onFileGone } = deps;
  const { openSpool: open } = platform;
  if (spool === null || open === null) return null;
  const { now, newId, warn } = core;
  return open(spool, { timers, now, newId, warn, onFileGone });
}
