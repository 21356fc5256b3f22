import type { Core } from '../call/core.ts';
import type { Drop } from '../errors/drop.ts';
import { HoneyHiveError } from '../errors/errors.ts';
import type { DeliveryConfig } from '../options/delivery-config.ts';
import type { Accounts } from './accounts.ts';
import { withOverdraft } from './admission.ts';
import type { Entry } from './entry.ts';
import { EntryReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';
import type { SessionLanes } from './session-lanes.ts';
import { createSnapshots } from './snapshot.ts';
import type { Snapshot, SnapshotResult, Snapshots } from './snapshot.ts';
import { noPlace } from './slab.ts';
import type { Place, Slab } from './slab.ts';
import type { Spool } from './spool.ts';

/** Accepts events: takes a snapshot and queues it. */
export interface Intake {
  /** @throws {HoneyHiveError} `queue_full`, only when `onFull` says so */
  logEvent(input: unknown): Receipt;
  /** @throws {HoneyHiveError} `queue_full`, only when `onFull` says so */
  logSession(input: unknown): Receipt;
  /** Accepts events recovered from an earlier process, already redacted and sampled. */
  readmit(event: Snapshot): Entry;
  /** Drop what comes from now on. */
  close(): void;
  isOpen(): boolean;
}

/** What the intake takes from around it. */
export interface IntakeDeps {
  readonly core: Core;
  readonly accounts: Accounts;
  readonly lanes: SessionLanes;
  readonly spool: Pick<Spool, 'append'> | null;
  readonly slab: Pick<Slab, 'write'>;
  onPushed(): void;
}

const drops = {
  closed: { reason: 'closed', message: 'the client is closed' },
  queueFull: { reason: 'queue_full', message: 'the queue is full' },
  tooLarge: { reason: 'too_large', message: 'the event alone is larger than maxQueueBytes' },
  sampledOut: { reason: 'sampled_out', message: 'the session is not in the sample' },
} as const satisfies Record<string, Drop>;

export function createIntake(config: DeliveryConfig, deps: IntakeDeps): Intake {
  const { core, accounts, lanes, spool, slab } = deps;
  const snapshots = createSnapshotsOf(core);
  const makeRoom = createMakeRoom(config, deps);
  const whenRoom = config.onFull === 'block' ? () => accounts.whenRoom() : () => Promise.resolve();
  let isOpen = true;

  const place = (entry: Entry): Drop | null => {
    if (!isOpen) return drops.closed;
    const item = { event_id: entry.eventId, session_id: entry.sessionId };
    if (!core.sampler.tryKeep(item)) return drops.sampledOut;
    const admission = accounts.admit(entry.bytes);
    if (admission === 'too_large') return drops.tooLarge;
    return admission === 'fits' || makeRoom(entry.bytes) ? null : drops.queueFull;
  };
  const hold = (entry: Entry): void => {
    accounts.hold(entry);
    lanes.push(entry);
    deps.onPushed();
  };
  const log = (made: SnapshotResult): Receipt => {
    const entry = toEntry(made, accounts.tally.noteSent(), write(made, config, slab));
    const drop = 'drop' in made ? made.drop : place(entry);
    if (drop === null) {
      spool?.append(entry);
      hold(entry);
    } else {
      accounts.settle(entry, drop);
      if (drop === drops.queueFull && config.onFull === 'throw') throw toError(entry);
    }
    return new EntryReceipt(entry, whenRoom);
  };
  return {
    logEvent: (input) => log(snapshots.ofEvent(input)),
    logSession: (input) => log(snapshots.ofSession(input)),
    readmit(event) {
      const entry = toEntry(event, accounts.tally.noteSent(), slab.write(event.head, event.text));
      hold(entry);
      return entry;
    },
    close() {
      isOpen = false;
    },
    isOpen: () => isOpen,
  };
}

const createSnapshotsOf = ({ project, source, now, newId, isRedacting, redact }: Core): Snapshots =>
  createSnapshots({
    project,
    source,
    now,
    newId,
    redactEvent: isRedacting ? (event) => redact('logEvent', event) : null,
  });

function write(
  made: SnapshotResult,
  { maxQueueBytes }: DeliveryConfig,
  slab: IntakeDeps['slab'],
): Place {
  if ('drop' in made) return noPlace();
  const { head, text } = made;
  // Events that can never fit are rejected before memory is allocated.
  const isTooLarge = text.length > maxQueueBytes;
  return isTooLarge ? { ...noPlace(), bytes: text.length } : slab.write(head, text);
}

const toEntry = (
  { eventId, sessionId }: SnapshotResult,
  sequence: number,
  { chunk, start, bytes }: Place,
): Entry => ({
  eventId,
  sessionId,
  sequence,
  chunk,
  start,
  bytes,
  isHeld: false,
  isQueued: false,
  outcome: null,
  onSettled: null,
});

/** Whether a full queue takes one more event, by whatever `onFull` says. */
function createMakeRoom(
  config: DeliveryConfig,
  { accounts, lanes }: IntakeDeps,
): (bytes: number) => boolean {
  if (config.onFull === 'block') {
    const bounds = withOverdraft(config);
    return (bytes) => accounts.admit(bytes, bounds) === 'fits';
  }
  if (config.onFull !== 'drop-oldest') return () => false;
  return (bytes) => {
    while (accounts.admit(bytes) !== 'fits') {
      const oldest = lanes.dropOldest();
      if (oldest === null) return false;
      accounts.settle(oldest, drops.queueFull);
    }
    return true;
  };
}

const toError = ({ eventId }: Entry): HoneyHiveError =>
  new HoneyHiveError(
    `logEvent: the queue is full, event ${eventId} was dropped; raise maxQueueEvents or maxQueueBytes, or choose another onFull`,
    { code: 'queue_full', retryable: true },
  );
