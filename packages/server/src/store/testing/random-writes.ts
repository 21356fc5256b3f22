import fc from 'fast-check';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { buildStoredEvent } from './build-event.ts';

export const hourMs = 3_600_000;
export const sessions = ['s0', 's1', 's2'];
export const eventIds = [...sessions, ...Array.from({ length: 12 }, (_, index) => `e${index}`)];

/** A change of one event: what it looks like from then on. Where it lies follows from its id and never changes. */
const change = fc.record({
  projectId: fc.constantFrom('a', 'b'),
  eventIndex: fc.nat({ max: eventIds.length - 1 }),
  isDeleted: fc.constantFrom(false, false, false, true),
  eventName: fc.constantFrom('one', 'two', 'three'),
  eventType: fc.constantFrom('model' as const, 'tool' as const),
  error: fc.constantFrom(null, null, '', 'boom'),
  feedback: fc.constantFrom('{}', '{"rating":5}'),
  metadata: fc.constantFrom('{}', '{"plan":"pro"}', '{"plan":"free","n":3}', '{"n":[1,3]}'),
  durationMs: fc.constantFrom(1, 2.5, 40),
  totalTokens: fc.nat({ max: 9 }),
  costUsd: fc.constantFrom(0, 0.25, 0.5),
  model: fc.constantFrom('', 'gpt-5', 'claude'),
  /** Weights are whole, so that sums are the same in any order. */
  sampleRate: fc.constantFrom(1, 1, 0.5, 0.25, 0),
});
/** Each batch is one insert; a change may be sent again later, as it was. */
export const batches = fc.array(
  fc.record({
    changes: fc.array(change, { minLength: 1, maxLength: 12 }),
    resendsEarlier: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function toRow(made: Change, version: number, prefix: string): StoredEvent {
  const { eventIndex, projectId, ...rest } = made;
  const sessionId = sessions[eventIndex % sessions.length] ?? '';
  const startTime = (10 + (eventIndex % 5)) * hourMs + eventIndex * 0.5;
  return buildStoredEvent({
    ...rest,
    projectId: `${prefix}${projectId}`,
    eventId: eventIds[eventIndex] ?? '',
    sessionId,
    version,
    startTime,
    endTime: startTime + made.durationMs,
    promptTokens: made.totalTokens,
    repeatedUse: eventIndex % 8,
    updatedAt: version,
  });
}

/** The rows of each insert, versions counted up event by event. */
export function toInserts(
  plan: typeof batches extends fc.Arbitrary<infer T> ? T : never,
  prefix: string,
) {
  const versions = new Map<string, number>();
  const written: StoredEvent[] = [];
  return plan.map(({ changes, resendsEarlier }) => {
    const rows = changes.map((made) => {
      const key = `${made.projectId} ${made.eventIndex}`;
      const version = (versions.get(key) ?? -1) + 1;
      versions.set(key, version);
      return toRow(made, version, prefix);
    });
    const again = resendsEarlier ? written.slice(0, 3) : [];
    written.push(...rows);
    return [...rows, ...again];
  });
}
