import { isSampled } from 'honeyhive-facts';
import type { IdScope } from '../domain/id-home.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { SamplingRates } from './sampling-rates.ts';

/** Updates follow their event closely: a larger cache would only cost memory, about 100 bytes each. */
const maxForgone = 100_000;

/** Keeps the share of the sessions that a project's settings ask for, each of them whole. */
export interface Sampler {
  /** Whether to store each event; dropped ones are counted, and their ids cached for a while. */
  select(events: readonly StoredEvent[]): Promise<boolean[]>;
  /** Whether an event was left out a while ago, so that there is nothing to update. */
  isForgone(scope: IdScope, eventId: string): boolean;
}

export interface SamplerDeps {
  readonly rates: Pick<SamplingRates, 'of'>;
  readonly onDropped: (count: number) => void;
}

const keyOf = (projectId: string, eventId: string): string => `${projectId}\n${eventId}`;

export function createSampler({ rates, onDropped }: SamplerDeps): Sampler {
  // In the order they came, so that the first is the oldest; whether a key of the organisation sent it.
  const forgone = new Map<string, boolean>();

  const note = (event: StoredEvent, isKept: boolean): void => {
    const key = keyOf(event.projectId, event.eventId);
    if (isKept) {
      forgone.delete(key);
      return;
    }
    forgone.set(key, event.isByOrganisation || forgone.get(key) === true);
    const [oldest] = forgone.keys();
    if (forgone.size > maxForgone && oldest !== undefined) forgone.delete(oldest);
  };

  return {
    async select(events) {
      const rateOf = new Map<string, number>();
      for (const { projectId } of events) {
        if (!rateOf.has(projectId)) rateOf.set(projectId, await rates.of(projectId));
      }
      const isKept = events.map(({ projectId, sessionId }) =>
        isSampled(sessionId, rateOf.get(projectId) ?? 1),
      );
      for (const [index, event] of events.entries()) note(event, isKept[index] === true);
      const dropped = isKept.filter((kept) => !kept).length;
      if (dropped > 0) onDropped(dropped);
      return isKept;
    },
    isForgone(scope, eventId) {
      if (forgone.size === 0) return false;
      if (scope.kind === 'project') return forgone.has(keyOf(scope.projectId, eventId));
      return scope.projectIds.some((projectId) => forgone.get(keyOf(projectId, eventId)) === true);
    },
  };
}
