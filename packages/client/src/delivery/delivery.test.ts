import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Core } from '../call/core.ts';
import { HoneyHiveAPIError, HoneyHiveConnectionError } from '../errors/errors.ts';
import type { DeliveryConfig, OnFull } from '../options/delivery-config.ts';
import { systemClock, systemRandom } from '../runtime/clock.ts';
import { createDelivery } from './delivery.ts';
import { webPlatform } from './platform.ts';

type Answer = 'stored' | 'one-refused' | 'lost' | 'too-large' | 'busy' | 'broken' | 'forbidden';

const statuses: Partial<Record<Answer, number>> = {
  busy: 503,
  broken: 500,
  forbidden: 403,
  'too-large': 413,
};

interface SentEvent {
  readonly event_id: string;
  readonly session_id: string;
}

/** A service that answers as configured, then takes everything; an event that it has is not stored twice. */
function createService(script: readonly Answer[]) {
  const answers = [...script];
  const arrived: SentEvent[] = [];
  /** How often an event met an answer that it may have caused, alone or in company. */
  const failures = new Map<string, number>();
  const noteFailure = ({ event_id }: SentEvent) =>
    failures.set(event_id, (failures.get(event_id) ?? 0) + 1);
  const take = (events: readonly SentEvent[]) => {
    const known = new Set(arrived.map(({ event_id }) => event_id));
    arrived.push(...events.filter(({ event_id }) => !known.has(event_id)));
  };
  const refuse = (statusCode: number) =>
    new HoneyHiveAPIError('refused', { statusCode, response: null });
  const errorOf = (answer: Answer): Error | null => {
    const status = statuses[answer];
    return status === undefined ? null : refuse(status);
  };
  const answerTo = (events: readonly SentEvent[]) => {
    const answer = answers.shift() ?? 'stored';
    if (answer === 'broken' || answer === 'lost') events.forEach(noteFailure);
    const error = errorOf(answer);
    if (error !== null) throw error;
    const refused = answer === 'one-refused' ? 1 : 0;
    take(events.slice(refused));
    if (answer === 'lost') {
      throw new HoneyHiveConnectionError('lost', { code: 'reset', mayHaveArrived: true });
    }
    return {
      event_ids: events.slice(refused).map(({ event_id }) => event_id),
      success: true,
      created_count: events.length - refused,
      failed_count: refused,
      events: [],
      errors: refused === 0 ? [] : [{ index: 0, code: 'invalid_request', message: 'no' }],
    };
  };
  const backgroundCall: Core['backgroundCall'] = async ({ operation, payload }) => {
    const body = JSON.parse(Buffer.from(payload ?? '').toString()) as { events: SentEvent[] };
    const json = answerTo(body.events);
    return { operation, status: 200, requestId: null, headers: {}, body: '', json };
  };
  // What failed so often may have been set aside, and overtaken.
  const mayBeLate = (id: string) => (failures.get(id) ?? 0) >= 4;
  return { arrived, backgroundCall, mayBeLate };
}

function createCoreOf(backgroundCall: Core['backgroundCall']): Core {
  let made = 0;
  return {
    call: backgroundCall,
    backgroundCall,
    project: null,
    source: null,
    sampler: { tryKeep: () => true, isForgone: () => false, unsampledCount: () => 0 },
    isRedacting: false,
    redact: (_operation, draft) => draft,
    warn: () => undefined,
    now: () => 0,
    newId: () => `id-${++made}`,
    close: () => Promise.resolve(),
  };
}

const config: DeliveryConfig = {
  maxBatchEvents: 4,
  maxBatchBytes: 600,
  flushIntervalMs: 1,
  maxQueueEvents: 12,
  maxQueueBytes: 3000,
  maxInFlight: 3,
  onFull: 'drop-newest',
  onDrop: null,
  compression: 'none',
  backoff: { baseMs: 0, capMs: 0, jitterRatio: 0 },
  flushTimeoutMs: 5000,
  exitTimeoutMs: 0,
  handlesSignals: false,
  logger: null,
  spool: null,
};

const answers = fc.constantFrom<Answer>(
  'stored',
  'one-refused',
  'lost',
  'too-large',
  'busy',
  'broken',
  'forbidden',
);
const steps = fc.array(
  fc.record({
    session: fc.integer({ min: 0, max: 2 }),
    size: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
    // Seldom, so that batches have more than one event.
    isLast: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  }),
  { minLength: 3, maxLength: 40 },
);
const policies = fc.constantFrom<OnFull>('block', 'drop-oldest', 'drop-newest');

test('whatever the service answers, the totals add up, nothing is duplicated, and sessions keep their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.array(answers, { minLength: 1, maxLength: 12 }),
      policies,
      async (logged, script, onFull) => {
        const service = createService(script);
        const delivery = createDelivery(
          { ...config, onFull },
          {
            core: createCoreOf(service.backgroundCall),
            platform: webPlatform,
            clock: systemClock,
            timers: { after: systemClock.after, soon: queueMicrotask },
            random: systemRandom,
          },
        );
        const receipts = [];
        const bound = onFull === 'block' ? 2 : 1;
        for (const { session, size, isLast } of logged) {
          receipts.push(
            delivery.logEvent({
              session_id: `s${session}`,
              event_type: 'tool',
              event_name: 'n',
              inputs: { text: 'x'.repeat(size) },
            }),
          );
          const { sent, stored, dropped, pending, pendingBytes } = delivery.stats();
          const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
          expect(sent).toBe(stored + lost + pending);
          expect(pending).toBeLessThanOrEqual(config.maxQueueEvents * bound);
          expect(pendingBytes).toBeLessThanOrEqual(config.maxQueueBytes * bound);
          if (isLast) await delivery.flush(1);
        }
        await delivery.close();

        const outcomes = await Promise.all(receipts.map(({ done }) => done));
        const { sent, stored, pending } = delivery.stats();
        expect({ sent, pending }).toEqual({ sent: logged.length, pending: 0 });
        expect(outcomes.filter(({ status }) => status === 'stored')).toHaveLength(stored);
        const ids = service.arrived.map(({ event_id }) => event_id);
        expect(new Set(ids).size).toBe(ids.length);
        const storedIds = receipts
          .filter((_receipt, place) => outcomes[place]?.status === 'stored')
          .map(({ event_id }) => event_id);
        expect(storedIds.every((id) => ids.includes(id))).toBe(true);
        for (const session of ['s0', 's1', 's2']) {
          const order = (list: readonly SentEvent[]) =>
            list
              .filter(({ session_id }) => session_id === session)
              .map(({ event_id }) => event_id)
              .filter((id) => !service.mayBeLate(id));
          const arrived = order(service.arrived);
          const asLogged = order(receipts).filter((id) => arrived.includes(id));
          expect(arrived).toEqual(asLogged);
        }
      },
    ),
    { numRuns: 200 },
  );
});
