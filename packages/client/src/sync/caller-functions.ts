import type { MessagePort } from 'node:worker_threads';
import { cell, ring } from './cells.ts';
import type { Cells } from './cells.ts';
import { toErrorRecord } from './error-record.ts';
import type { Answer, Ask } from './messages.ts';

/** Runs, in the caller's thread, the functions that its options hold, while a call waits for the worker. */
export interface CallerFunctions {
  /** Whether one of them is being run: the worker waits for it, and can do nothing else. */
  isRunning(): boolean;
  answer(ask: Ask, to: { readonly port: MessagePort; readonly cells: Cells }): void;
}

export function createCallerFunctions(options: object | undefined): CallerFunctions {
  const functions = new Map<string, unknown>(Object.entries(options ?? {}));
  let running = 0;

  const run = ({ option, args }: Ask): Answer => {
    const apply = functions.get(option);
    try {
      running += 1;
      const value: unknown = typeof apply === 'function' ? Reflect.apply(apply, null, args) : null;
      return { kind: 'value', json: JSON.stringify(value) };
    } catch (error) {
      return { kind: 'error', error: toErrorRecord(error) };
    } finally {
      running -= 1;
    }
  };

  return {
    isRunning: () => running > 0,
    answer(ask, { port, cells }) {
      port.postMessage(run(ask));
      ring(cells, cell.answer);
    },
  };
}
