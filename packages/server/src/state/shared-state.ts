import { createFailureLimit } from '../auth/failure-limit.ts';
import type { FailureLimit } from '../auth/failure-limit.ts';
import { createSignInCodes } from '../auth/sign-in-codes.ts';
import type { SignInCodes } from '../auth/sign-in-codes.ts';
import type { Clock } from '../clock.ts';
import { createKnownMarks } from '../ingest/known-marks.ts';
import type { KnownMarks } from '../ingest/known-marks.ts';
import { createKnownRoots } from '../ingest/known-roots.ts';
import type { KnownRoots } from '../ingest/known-roots.ts';
import { loadSeenIds } from '../ingest/load-seen-ids.ts';
import { createStoredFeed } from '../ingest/stored-feed.ts';
import type { StoredFeed } from '../ingest/stored-feed.ts';
import { createUseTrees } from '../ingest/use-trees.ts';
import type { UseTrees } from '../ingest/use-trees.ts';
import { createRejections } from '../live/rejections.ts';
import { localWriteTurns } from '../ingest/write-turns.ts';
import type { WriteTurns } from '../ingest/write-turns.ts';
import type { Rejections } from '../live/rejections.ts';
import { createLocalLeases } from './leases.ts';
import type { Leases } from './leases.ts';

/** Sessions whose roots are cached: about 15 MB at most. */
const knownRootCount = 100_000;

/** Events of the sessions whose trees are cached: about 25 MB at most. */
const treeEventCount = 100_000;

/** Traces and sessions whose marks and roots are cached: about 20 MB at most. */
const knownMarkCount = 50_000;

/**
 * State that servers with shared stores would have to agree on. [ADR 24](../../../../docs/adr/0024-shared-state.md) has
 * the answer for several servers for each part.
 */
export interface SharedState {
  /** Which sessions have a root, and where. A hint: what it does not know is looked up. */
  readonly knownRoots: KnownRoots;
  /** Which session a trace is in, and which spans a root was made after. A hint as well. */
  readonly knownMarks: KnownMarks;
  /** What the sums of a session leave out. A hint as well: what it does not know is read. */
  readonly useTrees: UseTrees;
  /** Who writes to a session. */
  readonly writeTurns: WriteTurns;
  /** Which ids were certainly never stored. A hint as well. */
  readonly loadSeenIds: typeof loadSeenIds;
  /** What was just stored, for streams. */
  readonly feed: StoredFeed;
  /** Who does background work. */
  readonly leases: Leases;
  /** Failed sign-ins of the last minute. */
  readonly signInFailures: FailureLimit;
  /** Codes that sign in once. */
  readonly signInCodes: SignInCodes;
  /** How many servers work on the same stores: limits of rates are divided among them. */
  readonly serverCount: () => number;
  /** Requests that were refused lately, for the onboarding screen. */
  readonly rejections: Rejections;
}

/** The state of a process that has its stores for itself: in memory. */
export function createLocalState(clock: Pick<Clock, 'monotonicMs'>): SharedState {
  const monotonicMs = (): number => clock.monotonicMs();
  return {
    knownRoots: createKnownRoots(knownRootCount),
    knownMarks: createKnownMarks(knownMarkCount),
    useTrees: createUseTrees(treeEventCount),
    writeTurns: localWriteTurns,
    loadSeenIds,
    feed: createStoredFeed(),
    leases: createLocalLeases(),
    signInFailures: createFailureLimit(monotonicMs),
    signInCodes: createSignInCodes(monotonicMs),
    serverCount: () => 1,
    rejections: createRejections(),
  };
}
