import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { HoneyHive } from 'honeyhive';
import { Failure } from '../failure.ts';
import { makeBatchEvents } from './batch-events.ts';
import type { SentSession } from './conversation-sender.ts';

const batchSize = 100;
/** Requests in flight at once: what comes while the store is busy is stored together. */
const senders = 4;

/** A batch that was sent, and how fast. */
export interface SentBatch extends SentSession {
  readonly requests: number;
  /** From the first request to the last acknowledgement. */
  readonly elapsedMs: number;
}

/** Sends `count` events of one session in requests of 100; resolves when each is acknowledged as stored. */
export async function sendBatch(
  client: HoneyHive,
  count: number,
  options: { readonly now: number; readonly onStored: (count: number) => void },
): Promise<SentBatch> {
  const { session_id: sessionId } = await client.createSession({
    session_name: `demo: a batch of ${count} events`,
    source: 'demo',
  });
  const events = makeBatchEvents(count, { sessionId, now: options.now, newId: randomUUID });
  const batches = Array.from({ length: Math.ceil(count / batchSize) }, (_, index) =>
    events.slice(index * batchSize, (index + 1) * batchSize),
  );
  const startedAt = performance.now();
  const waiting = batches.values();
  let stored = 0;
  const work = async () => {
    for (const batch of waiting) {
      const { created_count, errors } = await client.createEventsBatch(batch);
      const [first] = errors;
      if (first) throw new Failure(`the service refused an event of a batch: ${first.message}`);
      stored += created_count;
      options.onStored(stored);
    }
  };
  await Promise.all(Array.from({ length: senders }, work));
  const elapsedMs = performance.now() - startedAt;
  return { sessionId, events, requests: batches.length, elapsedMs };
}
