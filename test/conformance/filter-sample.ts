import { buildEvent, buildSession } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';

const day = (number: number) => Date.UTC(2026, 0, number);

const events = [
  {
    event_name: 'alpha',
    event_type: 'tool',
    source: 'prod',
    start_time: day(1),
    duration: 100,
    inputs: {
      chat_history: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Where is my order?', parts: [{ text: 'one' }, { text: 'two' }] },
      ],
      grid: [
        [1, 2],
        [3, 4],
      ],
    },
    metadata: {
      plan: 'pro',
      score: 10,
      ok: true,
      when: '2026-01-05T00:00:00Z',
      user: { name: 'Ann', tags: ['vip'] },
      quote: `it's "50%" \\ a_b`,
      run_id: 'run-1',
      dataset_id: 'set-1',
    },
    feedback: { rating: 5 },
    user_properties: { user_id: 'u1' },
  },
  {
    event_name: 'beta',
    event_type: 'model',
    source: 'dev',
    start_time: day(2),
    duration: 20.5,
    error: 'timeout after 30 s',
    metadata: {
      plan: 'free',
      score: 9,
      ok: false,
      when: '2026-02-05T00:00:00.500+01:00',
      user: { name: 'Bob' },
      nothing: null,
    },
    feedback: { rating: 2 },
    user_properties: { user_id: 'ünal' },
  },
  {
    event_name: 'gamma',
    event_type: 'chain',
    source: 'dev',
    start_time: day(3),
    duration: 5,
    metadata: { run_id: 'run-2', big: 12_345_678_901 },
  },
];

/** The session that {@link storeSample} stores, and the ids of its events by name. */
export interface Sample {
  readonly sessionId: string;
  readonly ids: Readonly<Record<string, string>>;
}

/**
 * Store a session `root`, begun on 2026-01-01 an hour before its first event, with three events on the
 * first, second and third of that month: `alpha`, `beta` and `gamma`.
 */
export async function storeSample(api: OperationCaller): Promise<Sample> {
  const sessionId = randomUUID();
  const session = buildSession({
    session_id: sessionId,
    session_name: 'root',
    start_time: day(1) - 3_600_000,
  });
  const sent = events.map((event) => buildEvent({ ...event, session_id: sessionId }));
  await api.ok('startSession', { body: { session } });
  await api.ok('createEventBatch', { body: { events: sent } });
  return {
    sessionId,
    ids: Object.fromEntries(sent.map(({ event_name, event_id }) => [event_name, event_id])),
  };
}

/** The names of a page of events, in its order. */
export const namesOf = (page: { events: readonly Readonly<Record<string, unknown>>[] }) =>
  page.events.map((event) => event['event_name']);
