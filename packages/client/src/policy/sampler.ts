import { isSampled } from 'honeyhive-facts';
import type { JsonObject } from '../json/json-object.ts';

/** Decides which sessions are kept, and counts what is not. */
export interface Sampler {
  /** Whether to send an event or a session; counts and records it if not. */
  tryKeep(item: JsonObject): boolean;
  /** Whether an event was not kept a while ago, so that there is nothing to update. */
  isForgone(eventId: string): boolean;
  /** Events and sessions that were not kept. */
  unsampledCount(): number;
}

/** Updates follow their event closely: a larger cache would only cost memory. */
const maxRemembered = 10_000;

/** @param rate share of the sessions to keep, 0 to 1 */
export function createSampler(rate: number): Sampler {
  // In the order they came, so that the first is the oldest.
  const forgone = new Set<string>();
  let count = 0;

  const forgo = (id: unknown) => {
    count += 1;
    if (typeof id !== 'string') return;
    forgone.add(id);
    if (forgone.size <= maxRemembered) return;
    for (const oldest of forgone) {
      forgone.delete(oldest);
      return;
    }
  };

  return {
    tryKeep(item) {
      if (rate >= 1) return true;
      const id = item['event_id'] ?? item['session_id'];
      // An event without a session is the only one of its session.
      const sessionId = item['session_id'] ?? id;
      if (typeof sessionId !== 'string' || isSampled(sessionId, rate)) return true;
      forgo(id);
      return false;
    },
    isForgone: (eventId) => forgone.has(eventId),
    unsampledCount: () => count,
  };
}
