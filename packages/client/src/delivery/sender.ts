import type { Core } from '../call/core.ts';
import { toCallInput } from '../call/endpoint-call.ts';
import type { Drop } from '../errors/drop.ts';
import { HoneyHiveAPIError } from '../errors/errors.ts';
import type { BatchResult } from '../generated/types.ts';
import { isBatchAnswer, toBatchResult } from '../wire/batch-result.ts';
import { splitBatch } from './batch-limits.ts';
import type { RefusedBatch } from './batch-limits.ts';
import type { BodyEncoder, Encoding } from './body-encoder.ts';
import { toBody } from './body.ts';
import type { Entry } from './entry.ts';
import type { Gate } from './gate.ts';
import { noteFailure, partOf, unsuspected, untried } from './suspicion.ts';
import type { Suspicion, Tried } from './suspicion.ts';
import { decideAfterFailure, isSuspicious, messageOf, toVerdict } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** What the sender takes from around it. */
export interface SenderDeps {
  readonly core: Pick<Core, 'backgroundCall' | 'now'>;
  readonly gate: Gate;
  readonly encoder: BodyEncoder;
  /** Ends everything in flight when it aborts. */
  readonly signal: AbortSignal;
  /** What is held against an event that failed alone before; null for all others. */
  suspicionOf(entry: Entry): Suspicion | null;
  setAside(entry: Entry, suspicion: Suspicion): void;
  /** @param message why the attempt failed */
  onRetry(message: string): void;
  onTooLarge(refused: RefusedBatch): void;
  /** null: stored. */
  settle(entry: Entry, drop: Drop | null): void;
}

/** Sends a batch until each of its entries is settled or set aside. Never rejects. */
export type SendBatch = (batch: readonly Entry[]) => Promise<void>;

export function createSender(deps: SenderDeps): SendBatch {
  const { gate } = deps;
  let storedCount = 0;

  const deliver = async (batch: readonly Entry[], before: Tried): Promise<void> => {
    for (let tried = before; ;) {
      await gate.wait();
      const attempt = await trySend(batch, deps);
      if (hasFailed(attempt)) tried = noteFailure(tried, storedCount);
      const verdict = decide(attempt, tried, deps.core.now());
      switch (verdict.kind) {
        case 'settled':
          gate.noteAnswer();
          if (verdict.drops.size < batch.length) storedCount += 1;
          batch.forEach((entry, index) => deps.settle(entry, verdict.drops.get(index) ?? null));
          return;
        case 'dropped':
          for (const entry of batch) deps.settle(entry, verdict.drop);
          return;
        case 'aside':
          // A service that stores others needs no pause.
          if (!tried.areOthersStored) gate.pause(null);
          for (const entry of batch) deps.setAside(entry, tried.suspicion);
          return deps.onRetry(failureOf(attempt));
        case 'split': {
          const { because } = verdict;
          if (because === 'too_large')
            deps.onTooLarge({ events: batch.length, bytes: bytesOf(batch) });
          // One after the other: a session may be in both.
          for (const half of splitBatch(batch))
            await deliver(half, partOf(tried, half.length, because === 'failing'));
          return;
        }
        case 'again':
          gate.pause(verdict.waitMs);
          deps.onRetry(failureOf(attempt));
      }
    }
  };
  return (batch) => {
    const [first] = batch;
    const known = first === undefined ? null : deps.suspicionOf(first);
    const before = untried(batch.length, known ?? unsuspected(storedCount), known !== null);
    return deliver(batch, before);
  };
}

const bytesOf = (batch: readonly Entry[]): number =>
  batch.reduce((sum, { bytes }) => sum + bytes, 0);

/** How an attempt ended. */
type Attempt = { readonly result: BatchResult } | { readonly error: unknown };

const hasFailed = (attempt: Attempt): boolean => 'error' in attempt && isSuspicious(attempt.error);

const failureOf = (attempt: Attempt): string =>
  'error' in attempt ? messageOf(attempt.error) : '';

const decide = (attempt: Attempt, tried: Tried, now: number): Verdict =>
  'error' in attempt ? decideAfterFailure(attempt.error, tried, now) : toVerdict(attempt.result);

async function trySend(batch: readonly Entry[], deps: SenderDeps): Promise<Attempt> {
  const { core, encoder, signal } = deps;
  const operation = 'logEvent';
  let encoding: Encoding | null = null;
  try {
    const encoded = await encoder.encode(toBody(batch));
    ({ encoding } = encoded);
    const answer = await core.backgroundCall(
      {
        ...toCallInput({ operation, endpoint: 'createEventBatch' }),
        payload: encoded.payload,
        // Tries are repeated here, where a pause holds the other batches back, too.
        replay: 'never',
        isAnswer: isBatchAnswer,
      },
      { signal, ...(encoding === null ? {} : { headers: { 'content-encoding': encoding } }) },
    );
    encoder.noteAnswer(answer.headers);
    return { result: toBatchResult(answer, batch.map(toStub)) };
  } catch (error) {
    // Behind one address there may be services of several versions.
    const isRefused = error instanceof HoneyHiveAPIError && error.statusCode === 415;
    return isRefused && encoder.noteRefused(encoding) ? trySend(batch, deps) : { error };
  }
}

/** As much of an event as it takes to tell from a short answer which ones were stored. */
const toStub = ({ eventId, sessionId }: Entry) => ({ event_id: eventId, session_id: sessionId });
