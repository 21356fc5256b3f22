import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

import { HoneyHiveConnectionError } from '../errors/errors.ts';
import type { Environment } from '../options/environment.ts';
import { assumeMessage } from './assume-message.ts';
import { cell, createCells, markExited } from './cells.ts';
import type { Cells } from './cells.ts';
import { fromErrorRecord } from './error-record.ts';
import type { KeptOptions } from './kept-options.ts';
import type { Question, Reply, Request } from './messages.ts';
import type { Setup } from './setup.ts';
import { openWorker } from './worker-file.ts';

/** How long the caller sleeps before it looks whether the worker is still alive. */
const sliceMs = 250;
/**
 * Slices without a sign of life after which the worker counts as lost. Slices, not time: a machine that was asleep is
 * no sign.
 */
const silentSlices = { starting: 120, running: 40 } as const;

/** A worker that answers questions while its caller sleeps. */
export interface WorkerLink {
  /** False once the worker is gone. */
  isAlive(): boolean;
  /**
   * Sleeps until the answer is there.
   *
   * @throws {HoneyHiveConnectionError} `worker_lost` when the worker ends, or shows no life, before
   */
  ask(operation: string, question: Question): Reply;
  /** Asks without waiting. What it returns sleeps, as {@link ask} does; until then nothing else may be asked. */
  start(operation: string, question: Question): () => Reply;
  /** Sleeps until the client of the worker is closed, or the worker lost: there is nothing left to close then. */
  askToClose(): void;
  terminate(): void;
}

/** What a worker is started with. */
export interface WorkerInput {
  readonly environment: Environment;
  readonly kept: KeptOptions;
}

export function startWorker({ environment, kept }: WorkerInput): WorkerLink {
  const cells = createCells();
  const { port1: port, port2 } = new MessageChannel();
  const { port1: answers, port2: answersTo } = new MessageChannel();
  const worker = openWorker({
    name: 'honeyhive',
    env: { ...environment },
    workerData: {
      port: port2,
      answers: answersTo,
      cells,
      options: kept.others,
      kept: kept.kinds,
    } satisfies Setup,
    transferList: [port2, answersTo],
    ...(isRunFromText() ? { execArgv: [] } : {}),
  });
  // An idle client keeps no process alive.
  worker.unref();
  // The waiting call reports the worker's error; without a listener it would crash the process.
  worker.on('error', () => markExited(cells));
  worker.on('exit', () => markExited(cells));
  const terminate = () => {
    markExited(cells);
    port.close();
    answers.close();
    void worker.terminate();
  };
  const line: Line = { port, answers, cells, kept };
  let lastId = 0;
  const post = (question: Question): (() => Reply | Lost) => {
    const id = (lastId += 1);
    port.postMessage({ id, ...question } satisfies Request);
    return () => wait(line, id);
  };
  const start: WorkerLink['start'] = (operation, question) => {
    const awaitOutcome = post(question);
    return () => {
      const outcome = awaitOutcome();
      if (outcome.kind !== 'lost') return outcome;
      terminate();
      throw toLost(operation, outcome.cause);
    };
  };
  return {
    isAlive: () => Atomics.load(cells, cell.exited) === 0,
    askToClose: () => void post({ kind: 'close' })(),
    ask: (operation, question) => start(operation, question)(),
    start,
    terminate,
  };
}

// `node --eval` and its like: a worker would take the flags for its own file.
const isRunFromText = (): boolean =>
  process.execArgv.some((flag) => /^(?:-[ep]|-pe|--eval|--print|--input-type)\b/.test(flag));

interface Lost {
  readonly kind: 'lost';
  readonly cause: unknown;
}

interface Line {
  readonly port: MessagePort;
  readonly cells: Cells;
  readonly answers: MessagePort;
  readonly kept: KeptOptions;
}

function wait(line: Line, id: number): Reply | Lost {
  const { cells } = line;
  const pulse = createPulse(cells);
  for (;;) {
    const seen = Atomics.load(cells, cell.wake);
    // Read before the messages: what the worker said last is there by then.
    const hasExited = Atomics.load(cells, cell.exited) === 1;
    const outcome = read(line, id);
    if (outcome !== null) return outcome;
    if (hasExited) return { kind: 'lost', cause: new Error('the worker ended') };
    const isSilent = Atomics.wait(cells, cell.wake, seen, sliceMs) === 'timed-out';
    if (isSilent && !pulse.isAlive()) {
      return { kind: 'lost', cause: new Error('the worker does not respond') };
    }
  }
}

/** The reply to the request, or the end of the worker; replies to cancelled requests are discarded. */
function read({ port, answers, cells, kept }: Line, id: number): Reply | Lost | null {
  for (;;) {
    const received = receiveMessageOnPort(port);
    if (received === undefined) return null;
    const message = assumeMessage(received.message);
    if (message.kind === 'crash') return { kind: 'lost', cause: fromErrorRecord(message.error) };
    if (message.kind === 'ask') kept.answer(message, { port: answers, cells });
    else if (message.kind === 'tell') kept.hear(message);
    else if (message.id === id) return message;
  }
}

function createPulse(cells: Cells) {
  let beats = Atomics.load(cells, cell.beat);
  let silent = 0;
  return {
    isAlive(): boolean {
      const now = Atomics.load(cells, cell.beat);
      silent = now === beats ? silent + 1 : 0;
      beats = now;
      return silent < (now === 0 ? silentSlices.starting : silentSlices.running);
    },
  };
}

const toLost = (operation: string, cause: unknown): HoneyHiveConnectionError =>
  new HoneyHiveConnectionError(
    `${operation}: the worker that carries it out was lost; the next call starts another`,
    { code: 'worker_lost', cause, retryable: true, mayHaveArrived: true },
  );
