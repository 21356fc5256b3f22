import { buildEvent, call } from 'honeyhive-testkit';
import type { Answer, Target } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenLedger, SentEvent } from './ledger.ts';
import { waitUntil } from './wait-until.ts';

/** Writers that continue until the service is gone or they are stopped. */
export interface Load {
  /** Let the writers finish the request that they are at. */
  stop(): void;
  /** Resolves when the service has acknowledged that many more events, and an update of one of them. */
  progress(eventCount: number): Promise<void>;
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

type Sender = ReturnType<typeof createSender>;

/** Sends requests and notes in the ledger what was acknowledged. */
function createSender({ target, project, ledger, sessionCount = 5, onAnswer }: LoadOptions) {
  const sessions = Array.from({ length: sessionCount }, () => randomUUID());
  const state = { answered: 0, unanswered: 0, isOver: false };

  const send = async (route: string, body?: object): Promise<boolean> => {
    try {
      const answer = await call(target, route, body === undefined ? {} : { body });
      state.answered += 1;
      onAnswer?.(answer);
      // Refused for now: what the others do meanwhile is of interest, not how often this one asks.
      if (answer.status === 503) await delay(20);
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
    send,
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

/** One update after the other, each in the place of the one before. */
async function updateInTurn(
  { send }: Pick<Sender, 'send'>,
  { project, ledger }: LoadOptions,
  { event_id }: SentEvent,
): Promise<void> {
  let acknowledged = 0;
  for (let turn = 1; turn <= 3; turn += 1) {
    ledger.noteTurn(event_id, { sent: turn, acknowledged });
    if (await send('PUT /events', { event_id, project, metadata: { turn } })) acknowledged = turn;
    ledger.noteTurn(event_id, { sent: turn, acknowledged });
  }
}

async function remove(
  { send }: Pick<Sender, 'send'>,
  { project, ledger }: LoadOptions,
  { event_id }: SentEvent,
): Promise<void> {
  ledger.noteDeletion(event_id, false);
  const query = `project=${encodeURIComponent(project)}`;
  if (await send(`DELETE /events/${event_id}?${query}`)) ledger.noteDeletion(event_id, true);
}

/**
 * Eight writers over plain HTTP, with ids made here: three send single events and then updates of each, two
 * send batches, one sends every event three times at once, one updates what it sent again and again, one deletes it.
 */
export function startLoad(options: LoadOptions): Load {
  const sender = createSender(options);
  const { state, next, create, update, createBatch } = sender;
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
  const writeAndOverwrite = async () => {
    const event = next(2);
    if (await create(event)) await updateInTurn(sender, options, event);
  };
  const writeAndDelete = async () => {
    const event = next(3);
    if (await create(event)) await remove(sender, options, event);
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
    writeAndOverwrite,
    writeAndDelete,
  ];
  return {
    stop: () => void (state.isOver = true),
    async progress(eventCount) {
      const { acknowledged, updates } = options.ledger;
      const before = { events: acknowledged.size, updates: updates.size };
      await waitUntil(
        () => acknowledged.size >= before.events + eventCount && updates.size > before.updates,
        () => `only ${acknowledged.size - before.events} of ${eventCount} events were acknowledged`,
      );
    },
    ended: Promise.all(writers.map(run)).then(() => undefined),
    counts: state,
  };
}
