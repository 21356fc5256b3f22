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
  readonly counts: { readonly answered: number; readonly unanswered: number };
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

/** Sends requests and notes in the ledger what was acknowledged. */
function createSender({ target, project, ledger, sessionCount = 5, onAnswer }: LoadOptions) {
  const sessions = Array.from({ length: sessionCount }, () => randomUUID());
  const state = { answered: 0, unanswered: 0, isOver: false };

  const send = async (route: string, body: object): Promise<boolean> => {
    try {
      const answer = await call(target, route, { body });
      state.answered += 1;
      onAnswer?.(answer);
      return answer.status === 200;
    } catch {
      // The connection broke: nothing is known of the request, and the writers' work is done.
      state.unanswered += 1;
      state.isOver = true;
      return false;
    }
  };
  return {
    state,
    next(number: number): SentEvent {
      const session_id = sessions[number % sessions.length] ?? '';
      const event = { ...buildEvent({ project, metadata: { number } }), session_id };
      ledger.noteSent(event);
      return event;
    },
    async create(event: SentEvent): Promise<boolean> {
      const isStored = await send('POST /events', { event });
      if (isStored) ledger.noteAcknowledged(event.event_id);
      return isStored;
    },
    async update({ event_id }: SentEvent, key: string): Promise<void> {
      const body = { event_id, project, metadata: { [key]: true } };
      if (await send('PUT /events', body)) ledger.noteUpdated(event_id, key);
    },
    async createBatch(events: readonly SentEvent[]): Promise<void> {
      if (!(await send('POST /events/batch', { project, events }))) return;
      for (const { event_id } of events) ledger.noteAcknowledged(event_id);
    },
  };
}

/**
 * Six writers over plain HTTP, with ids made here: three send single events and then updates of each, two
 * send batches, one sends every event three times at once.
 */
export function startLoad(options: LoadOptions): Load {
  const { state, next, create, update, createBatch } = createSender(options);
  const writeAndUpdate = async () => {
    const event = next(0);
    if (await create(event)) await Promise.all([update(event, 'first'), update(event, 'second')]);
  };
  const writeBatch = () =>
    createBatch(Array.from({ length: batchSize }, (_each, index) => next(index)));
  const writeThrice = async () => {
    const event = next(1);
    await Promise.all([create(event), create(event), createBatch([event])]);
  };
  const run = async (write: () => Promise<void>) => {
    while (!state.isOver) await write();
  };
  const writers = [
    writeAndUpdate,
    writeAndUpdate,
    writeAndUpdate,
    writeBatch,
    writeBatch,
    writeThrice,
  ];
  return {
    stop: () => void (state.isOver = true),
    ended: Promise.all(writers.map(run)).then(() => undefined),
    counts: state,
  };
}
