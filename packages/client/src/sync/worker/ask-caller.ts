import { receiveMessageOnPort } from 'node:worker_threads';
import { HoneyHiveError } from '../../errors/errors.ts';
import { assumeAnswer } from '../assume-message.ts';
import { cell, ring } from '../cells.ts';
import { fromErrorRecord } from '../error-record.ts';
import type { Ask } from '../messages.ts';
import type { Setup } from '../setup.ts';

/** A caller that is stopped in a debugger takes its time; one that is gone never answers. */
const patienceMs = 600_000;

/** Has a function of the caller's options run in the caller's thread, which waits for this one; sleeps until then. */
export function askCaller(
  { port, answers, cells }: Setup,
  option: string,
  args: readonly unknown[],
): unknown {
  const seen = Atomics.load(cells, cell.answer);
  port.postMessage({ kind: 'ask', option, args } satisfies Ask);
  ring(cells, cell.wake);
  Atomics.wait(cells, cell.answer, seen, patienceMs);
  const received = receiveMessageOnPort(answers);
  if (received === undefined) {
    throw new HoneyHiveError(`${option} was not run: its thread does not wait`, {
      code: 'caller_gone',
    });
  }
  const answer = assumeAnswer(received.message);
  if (answer.kind === 'error') throw fromErrorRecord(answer.error);
  return answer.json === undefined ? undefined : JSON.parse(answer.json);
}
