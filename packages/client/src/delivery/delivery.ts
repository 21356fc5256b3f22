import type { Core } from '../call/core.ts';
import type { Drop } from '../errors/drop.ts';
import type { DeliveryConfig } from '../options/delivery-config.ts';
import type { BackgroundTimers, Clock, Random } from '../runtime/clock.ts';
import { Accounts } from './accounts.ts';
import { createBodyEncoder } from './body-encoder.ts';
import type { Compressors } from './body-encoder.ts';
import { createEndWatch } from './end-watch.ts';
import type { EndParts } from './end-watch.ts';
import { FlushWaiters } from './flush-waiters.ts';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { createIntake } from './intake.ts';
import { createLossNotice } from './losses.ts';
import type { DeliveryReport, DeliveryStats } from './outcome.ts';
import type { DeliveryPlatform } from './platform.ts';
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
  const { accounts, flush, gate, intake, lanes, pump, spool, suspects } = parts;

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
  };
  parts.replay();
  let closing: Promise<void> | undefined;
  return {
    logEvent: (input) => intake.logEvent(input),
    logSession: (input) => intake.logSession(input),
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

const createFlush =
  (
    config: DeliveryConfig,
    { accounts, pump, suspects }: Omit<EndParts, 'lanes' | 'spool'>,
    waiters: FlushWaiters,
  ): Delivery['flush'] =>
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

/** The parts, each knowing only those that it needs. */
function assemble(config: DeliveryConfig, deps: DeliveryDeps) {
  const { core, platform, clock, timers, random } = deps;
  const waiters = new FlushWaiters(clock);
  const spool = openSpool(config, { core, platform, timers, onFileGone: () => replay() });
  const slab = new Slab();
  const accounts = new Accounts({
    bounds: config,
    waiters,
    onDrop: config.onDrop,
    spool,
    slab,
    onLost: createLossNotice(config.logger, platform.noteLoss),
    onBusy: () => watch.start(),
    onIdle: () => watch.stop(),
  });
  const lanes = new SessionLanes({ tracksAge: config.onFull === 'drop-oldest' });
  const gate = createGate(config.backoff, { timers, random, monotonicMs: clock.monotonicMs });
  const sending = createSending(config, deps, { accounts, gate, lanes });
  const { pump, suspects } = sending;
  const parts = { accounts, lanes, pump, spool, suspects };
  const flush = createFlush(config, parts, waiters);
  const watch = createEndWatch(platform, parts, { flush, lastFailure: sending.lastFailure });
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
  return { ...parts, ending: sending.ending, flush, gate, intake, replay };
}

/** What takes batches out of the lanes and sends them. */
function createSending(
  config: DeliveryConfig,
  { core, platform, timers, random }: DeliveryDeps,
  { accounts, gate, lanes }: Pick<EndParts, 'accounts' | 'lanes'> & { readonly gate: Gate },
) {
  const ending = new AbortController();
  let lastFailure: string | null = null;
  const suspects = new Suspects({
    backoff: config.backoff,
    timers,
    random,
    onDue: () => pump.noteSuspectDue(),
  });
  const send = createSender({
    core,
    gate,
    encoder: createBodyEncoder(chooseCompressors(config, platform)),
    signal: ending.signal,
    suspicionOf: (entry) => suspects.suspicionOf(entry),
    setAside: (entry, suspicion) => suspects.setAside(entry, suspicion),
    onRetry(message) {
      lastFailure = message;
      accounts.tally.noteRetried();
    },
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
  return { ending, lastFailure: () => lastFailure, pump, suspects };
}

/** Of those of the platform, what the options allow. */
function chooseCompressors(
  { compression }: DeliveryConfig,
  { compressors: { gzip, zstd } }: DeliveryPlatform,
): Compressors {
  if (compression === 'none' || gzip === undefined) return {};
  return compression === 'auto' && zstd !== undefined ? { gzip, zstd } : { gzip };
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
