import type { DeliveryReport } from '../delivery/outcome.ts';
import { HoneyHiveAbortedError, HoneyHiveClosedError, HoneyHiveError } from '../errors/errors.ts';
import { refuse } from '../errors/refusal.ts';
import { isObject } from '../json/json-object.ts';
import { asPlain } from '../json/plain-value.ts';
import { assumeArray, assumeStats } from './assume-message.ts';
import type { CarryOut } from './blocking-methods.ts';
import { fromErrorRecord } from './error-record.ts';
import type { Question, Reply } from './messages.ts';
import { watchLogged } from './logged-events.ts';
import type { EndConfig } from './logged-events.ts';
import { isListMethod, isLogMethod, itemFieldOf, sendsEvents } from './method-table.ts';
import type { ListMethod, MethodName } from './method-table.ts';
import { pack } from './pack.ts';
import type { Packed } from './pack.ts';
import { openSyncList } from './sync-list.ts';
import type { SyncChunk } from './sync-list.ts';
import { startWorker } from './worker-link.ts';
import type { WorkerInput, WorkerLink } from './worker-link.ts';

/** The calls of one blocking client. */
export interface BlockingCalls {
  readonly carryOut: CarryOut;
  /** Ends the worker when its client is closed. */
  close(): void;
}

/** Starts the worker with the first call, and another one when it was lost. */
export function createBlockingCalls(input: WorkerInput, ending: EndConfig): BlockingCalls {
  let link: WorkerLink | null = null;
  let isClosed = false;

  const ask = (question: Question, call: Call): Exclude<Reply, { kind: 'error' }> => {
    if (isClosed) throw new HoneyHiveClosedError(`${call.name}: the client was closed before`);
    if (input.kept.isRunning()) throw toNested(call.name);
    if (link?.isAlive() !== true) link = startWorker(input);
    const reply = link.ask(call.name, question);
    if (reply.kind !== 'error') return reply;
    throw toOwnError(fromErrorRecord(reply.error), call);
  };
  const carryOut: CarryOut = (name, given, method) => {
    const call = { name, given, method };
    const args = packArguments(name, sendsEvents(name) ? toSendable(given) : given);
    if (isLogMethod(name)) logged.note();
    const reply = ask({ kind: 'call', method: name, args }, call);
    if (!isListMethod(name) || reply.kind !== 'page') return reply.value;
    return toList(name, reply, (cursor) => {
      const { value, ...next } = ask({ kind: 'next', method: name, args, cursor }, call);
      return { items: assumeArray(value), cursor: 'cursor' in next ? next.cursor : null };
    });
  };
  const logged = watchLogged(
    {
      // A worker that is gone has taken what was logged along: another one would know nothing.
      isThere: () => !isClosed && link?.isAlive() === true,
      stats: () => assumeStats(carryOut('stats', [], noMethod)),
      startFlush: (timeout) => startFlush(link, timeout),
    },
    ending,
  );
  return {
    carryOut,
    close() {
      if (!isClosed && link?.isAlive() === true) {
        link.askToClose();
        logged.stop();
        link.terminate();
      }
      isClosed = true;
    },
  };
}

/** @throws when the worker is gone, or, once it is waited for, when it ends */
function startFlush(link: WorkerLink | null, timeout: number): () => DeliveryReport {
  if (link === null) throw new HoneyHiveClosedError('flush: there is no worker');
  const args = pack([{ timeout }]);
  const awaitReply = link.start('flush', { kind: 'call', method: 'flush', args });
  return () => {
    const reply = awaitReply();
    if (reply.kind === 'error') throw fromErrorRecord(reply.error);
    return assumeStats(reply.value);
  };
}

/** Instead of the method that the application called, of whose frames a stack is freed. */
const noMethod = (): void => undefined;

/** What cannot travel to another thread takes the form that it is delivered in anyway. */
const toSendable = ([input, ...more]: readonly unknown[]): unknown[] => [
  Array.isArray(input) ? input.map(asPlain) : asPlain(input),
  ...more,
];

const toNested = (name: string): HoneyHiveError =>
  new HoneyHiveError(
    `${name}: called by a function of this client's options, for which another call waits; use another client`,
    { code: 'nested_call' },
  );

interface Call {
  readonly name: MethodName;
  readonly given: readonly unknown[];
  readonly method: (...args: unknown[]) => unknown;
}

function packArguments(name: MethodName, given: readonly unknown[]): Packed {
  try {
    return pack(given);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the input cannot be written as JSON: ${reason}`;
    throw refuse(name, [{ field: '', message }], cause);
  }
}

/** The error as if it had been thrown here: with the stack of the caller, and the worker's below it. */
function toOwnError(error: unknown, { given, method }: Call): unknown {
  if (!(error instanceof Error)) return error;
  const before = error.stack ?? '';
  Error.captureStackTrace(error, method);
  const frames = before.slice(before.indexOf('\n    at '));
  if (frames.startsWith('\n')) error.stack = `${error.stack}\n  in the worker:${frames}`;
  if (error instanceof HoneyHiveAbortedError) {
    const value = reasonOf(given);
    Object.defineProperty(error, 'cause', { value, configurable: true, writable: true });
  }
  return error;
}

/** Why the signal among the arguments aborted: the very value, which stays in this thread. */
function reasonOf(given: readonly unknown[]): unknown {
  for (const options of given) {
    if (typeof options !== 'object' || options === null || !('signal' in options)) continue;
    if (options.signal instanceof AbortSignal) return options.signal.reason;
  }
  return undefined;
}

function toList(
  name: ListMethod,
  { value: page, cursor }: { readonly value: unknown; readonly cursor: unknown },
  loadNext: (cursor: unknown) => SyncChunk,
): unknown {
  if (!isObject(page)) return page;
  return openSyncList(page, { items: [...assumeArray(page[itemFieldOf(name)])], cursor }, loadNext);
}
