import { buildEvent, call } from 'honeyhive-testkit';
import type { Answer, Target } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import type { OpenLedger, SentEvent } from './ledger.ts';

/** Writers that go on until the service is gone or they are told to stop. */
export interface Load {
  /** Let the writers finish the request that they are at. */
  stop(): void;
  /** Settles when all writers have ended. */
  readonly ended: Promise<void>;
  /** Requests that were answered, and those that were not. */
  readonly counts: { answered: number; unanswered: number };
}

export interface LoadOptions {
  readonly target: Target;
  readonly project: string;
  readonly ledger: OpenLedger;
  /** Default 5. */
  readonly sessionCount?: number;
  readonly onAnswer?: (answer: Answer) => void;
}

const batchSize = 25;

/**
 * Six writers over plain HTTP, with ids made here: three send single events and then an update of each, two
 * send batches, one sends every event twice at once.
 */
export function startLoad({
  target,
  project,
  ledger,
  sessionCount = 5,
  onAnswer,
}: LoadOptions): Load {
  const sessions = Array.from({ length: sessionCount }, () => randomUUID());
  const counts = { answered: 0, unanswered: 0 };
  let isOver = false;

  const next = (number: number): SentEvent => {
    const session_id = sessions[number % sessions.length] ?? '';
    const event = { ...buildEvent({ project, metadata: { number } }), session_id };
    ledger.noteSent(event);
    return event;
  };
  /** The status, or null when the service went away without an answer. */
  const send = async (method: string, path: string, body: object): Promise<number | null> => {
    try {
      const answer = await call(target, method, path, { body });
      counts.answered += 1;
      onAnswer?.(answer);
      return answer.status;
    } catch {
      // The connection broke: nothing is known of the request, and this writer's work is done.
      counts.unanswered += 1;
      isOver = true;
      return null;
    }
  };
  const create = async (event: SentEvent) => {
    const status = await send('POST', '/events', { event });
    if (status === 200) ledger.noteAcknowledged(event.event_id);
    return status === 200;
  };
  const update = async ({ event_id }: SentEvent, key: string) => {
    const body = { event_id, project, metadata: { [key]: true } };
    if ((await send('PUT', '/events', body)) === 200) ledger.noteUpdated(event_id, key);
  };
  const createBatch = async (events: readonly SentEvent[]) => {
    if ((await send('POST', '/events/batch', { project, events })) !== 200) return;
    for (const { event_id } of events) ledger.noteAcknowledged(event_id);
  };

  const writers: (() => Promise<unknown>)[] = [
    ...Array.from({ length: 3 }, () => async () => {
      const event = next(0);
      if (!(await create(event))) return;
      await Promise.all([update(event, 'first'), update(event, 'second')]);
    }),
    ...Array.from(
      { length: 2 },
      () => () => createBatch(Array.from({ length: batchSize }, (_each, index) => next(index))),
    ),
    async () => {
      const event = next(1);
      await Promise.all([create(event), create(event), createBatch([event])]);
    },
  ];
  const run = async (write: () => Promise<unknown>) => {
    while (!isOver) await write();
  };
  return {
    stop: () => void (isOver = true),
    ended: Promise.all(writers.map(run)).then(() => undefined),
    counts,
  };
}
