import { coreOf } from '../../client/client.ts';
import { HoneyHive } from '../../honeyhive.ts';
import { isObject } from '../../json/json-object.ts';
import { eventListSource } from '../../methods/events.ts';
import { projectSource } from '../../methods/projects.ts';
import { sessionSource } from '../../methods/sessions.ts';
import type { HoneyHiveOptions } from '../../options/options.ts';
import { backgroundTimers, systemClock } from '../../runtime/clock.ts';
import { assumeGivenOptions, assumeReceipt, assumeSource } from '../assume-message.ts';
import { cell, ring } from '../cells.ts';
import type { Cells } from '../cells.ts';
import { toErrorRecord } from '../error-record.ts';
import type { Reply, Request } from '../messages.ts';
import { isListMethod, isLogMethod } from '../method-table.ts';
import type { ListMethod, LogMethod } from '../method-table.ts';
import { unpack } from '../pack.ts';
import type { Setup } from '../setup.ts';
import { askCaller } from './ask-caller.ts';
import { createRemoteObjects } from './remote-object.ts';

const beatMs = 250;

type Outcome =
  | Omit<Extract<Reply, { kind: 'value' }>, 'id'>
  | Omit<Extract<Reply, { kind: 'page' }>, 'id'>;

/** Answers the requests of the caller, with a client of this thread. */
export function serve(setup: Setup): void {
  const { port, cells } = setup;
  const client = new HoneyHive(toOptions(setup));
  const heart = createHeart(cells);
  const answer = async (request: Request): Promise<void> => {
    heart.start();
    const reply = await run(client, request);
    heart.stop();
    send(reply);
    ring(cells, cell.wake);
  };
  const send = (reply: Reply): void => {
    try {
      port.postMessage(reply);
    } catch (error) {
      port.postMessage({
        kind: 'error',
        id: reply.id,
        error: toErrorRecord(error),
      } satisfies Reply);
    }
  };
  port.on('message', (request: Request) => void answer(request));
}

/** The options, with a stand-in for each that stays in the caller's thread. */
function toOptions(setup: Setup): HoneyHiveOptions | undefined {
  const options = unpack(setup.options)[0];
  if (!isObject(options)) return undefined;
  const remote = createRemoteObjects(setup);
  const standIns = Object.entries(setup.kept).map(([name, kind]): [string, unknown] => {
    if (kind === 'object') return [name, remote.toObject(name)];
    const ask = (...args: unknown[]) => askCaller(setup, name, args);
    return [name, asked.has(name) ? ask : remote.toFunction(name)];
  });
  return assumeGivenOptions({ ...options, ...Object.fromEntries(standIns) });
}

/** The functions whose result a call needs. */
const asked: ReadonlySet<string> = new Set<keyof HoneyHiveOptions>(['redact']);

async function run(client: HoneyHive, request: Request): Promise<Reply> {
  try {
    return { id: request.id, ...(await carryOut(client, request)) };
  } catch (error) {
    return { kind: 'error', id: request.id, error: toErrorRecord(error) };
  }
}

async function carryOut(client: HoneyHive, request: Request): Promise<Outcome> {
  if (request.kind === 'close') {
    await client.close();
    return { kind: 'value', value: undefined };
  }
  const args = unpack(request.args);
  const { method } = request;
  if (request.kind === 'next') {
    const { items, cursor } = await openSource(client, request.method, args).loadNext(
      request.cursor,
    );
    return { kind: 'page', value: items, cursor };
  }
  if (isListMethod(method)) {
    const { page, cursor } = await openSource(client, method, args).loadFirst();
    return { kind: 'page', value: page, cursor };
  }
  if (isLogMethod(method)) return { kind: 'value', value: await log(client, method, args) };
  // Logged events are in the files at the end of a turn: reports wait for it.
  if (method === 'stats') await new Promise<void>(backgroundTimers.soon);
  const value: unknown = await Reflect.apply(client[method], client, args);
  // Answers repeat what was sent: what could not travel to this thread cannot travel back.
  const isPlain = request.args.revivals.length === 0;
  return { kind: 'value', value: isPlain ? value : JSON.parse(JSON.stringify(value)) };
}

async function log(client: HoneyHive, method: LogMethod, args: readonly unknown[]) {
  const receipt = assumeReceipt(Reflect.apply(client[method], client, args));
  // The caller is held back while the queue is full, when `onFull` says so.
  await receipt.accepted;
  return { event_id: receipt.event_id, session_id: receipt.session_id };
}

const sources = {
  listSessions: sessionSource,
  listEvents: eventListSource,
  listProjects: projectSource,
} as const satisfies Readonly<Record<ListMethod, unknown>>;

const openSource = (client: HoneyHive, method: ListMethod, args: readonly unknown[]) =>
  assumeSource(Reflect.apply(sources[method], undefined, [coreOf(client), ...args]));

/** Shows the caller that this thread is alive, as long as it waits. */
function createHeart(cells: Cells) {
  let waiting = 0;
  let isBeating = false;
  const beat = () => {
    isBeating = waiting > 0;
    if (!isBeating) return;
    Atomics.add(cells, cell.beat, 1);
    systemClock.after(beatMs, beat);
  };
  return {
    start() {
      waiting += 1;
      if (!isBeating) beat();
    },
    /** The timer is left to run out: to stop and start it for each call would cost more than the beat. */
    stop() {
      waiting -= 1;
    },
  };
}
