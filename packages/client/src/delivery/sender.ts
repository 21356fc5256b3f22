import type { Core } from '../call/core.ts';
import { toCallInput } from '../call/endpoint-call.ts';
import type { Drop } from '../errors/drop.ts';
import { isBatchAnswer, toBatchResult } from '../wire/batch-result.ts';
import { splitBatch } from './batch-limits.ts';
import type { RefusedBatch } from './batch-limits.ts';
import { toBody } from './body.ts';
import type { Entry } from './entry.ts';
import type { Gate } from './gate.ts';
import { decideAfterFailure, toVerdict } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** What the sender takes from around it. */
export interface SenderDeps {
  readonly core: Pick<Core, 'backgroundCall' | 'now'>;
  readonly gate: Gate;
  /** null: bodies are sent as they are. */
  readonly gzip: ((body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>) | null;
  /** Ends everything under way when it aborts. */
  readonly signal: AbortSignal;
  onRetry(): void;
  onTooLarge(refused: RefusedBatch): void;
  /** null: stored. */
  settle(entry: Entry, drop: Drop | null): void;
}

/** Below this, the frame of the request outweighs what compression saves. */
const minGzipBytes = 1024;

/** Sends a batch until each of its entries is settled. Never rejects. */
export type SendBatch = (batch: readonly Entry[]) => Promise<void>;

export function createSender(deps: SenderDeps): SendBatch {
  const { gate } = deps;
  const deliver: SendBatch = async (batch) => {
    for (let attempts = 1; ; attempts += 1) {
      await gate.wait();
      const verdict = await trySend(batch, attempts, deps);
      switch (verdict.kind) {
        case 'settled':
          gate.noteAnswer();
          batch.forEach((entry, index) => deps.settle(entry, verdict.drops.get(index) ?? null));
          return;
        case 'dropped':
          for (const entry of batch) deps.settle(entry, verdict.drop);
          return;
        case 'split': {
          if (verdict.isTooLarge) deps.onTooLarge({ events: batch.length, bytes: bytesOf(batch) });
          const [first, second] = splitBatch(batch);
          // One after the other: a session may be in both.
          await deliver(first);
          return deliver(second);
        }
        case 'again':
          gate.pause(verdict.waitMs);
          deps.onRetry();
      }
    }
  };
  return deliver;
}

const bytesOf = (batch: readonly Entry[]): number =>
  batch.reduce((sum, { bytes }) => sum + bytes, 0);

async function trySend(
  batch: readonly Entry[],
  attempts: number,
  { core, gzip, signal }: SenderDeps,
): Promise<Verdict> {
  const operation = 'logEvent';
  try {
    const body = toBody(batch);
    const isZipped = gzip !== null && body.length >= minGzipBytes;
    const answer = await core.backgroundCall(
      {
        ...toCallInput({ operation, endpoint: 'createEventBatch' }),
        payload: isZipped ? await gzip(body) : body,
        // Tries are repeated here, where a pause holds the other batches back, too.
        replay: 'never',
        isAnswer: isBatchAnswer,
      },
      { signal, ...(isZipped ? { headers: { 'content-encoding': 'gzip' } } : {}) },
    );
    return toVerdict(toBatchResult(answer, batch.map(toStub)));
  } catch (error) {
    return decideAfterFailure(error, { events: batch.length, attempts }, core.now());
  }
}

/** As much of an event as it takes to tell from a short answer which ones were stored. */
const toStub = ({ eventId, sessionId }: Entry) => ({ event_id: eventId, session_id: sessionId });
