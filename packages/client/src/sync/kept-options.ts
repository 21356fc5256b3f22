import type { MessagePort } from 'node:worker_threads';
import { cell, ring } from './cells.ts';
import type { Cells } from './cells.ts';
import { toErrorRecord } from './error-record.ts';
import type { Answer, Ask, Tell } from './messages.ts';
import { pack, unpack } from './pack.ts';
import type { Packed } from './pack.ts';

/** How the worker reaches an option that stays in the caller's thread. */
export type KeptKind = 'function' | 'object';

/**
 * The options that are functions, or have methods: they stay in the caller's thread, and run there while a call waits
 * for the worker.
 */
export interface KeptOptions {
  readonly kinds: Readonly<Record<string, KeptKind>>;
  /** The other options, as the only argument. */
  readonly others: Packed;
  /** Whether one of them is being run: a call waits for that, and for the worker. */
  isRunning(): boolean;
  /** Runs a function whose result the worker needs. */
  answer(ask: Ask, to: { readonly port: MessagePort; readonly cells: Cells }): void;
  /** Calls a method; what it throws is its own affair. */
  hear(tell: Tell): void;
}

export function keepOptions(options: object = {}): KeptOptions {
  const targets = new Map<string, unknown>();
  const kinds: Record<string, KeptKind> = {};
  const others: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const kind = kindOf(value);
    if (kind === null) others[name] = value;
    else {
      targets.set(name, value);
      kinds[name] = kind;
    }
  }
  let running = 0;

  const run = ({ option, args }: Ask): Answer => {
    try {
      running += 1;
      return { kind: 'value', json: JSON.stringify(apply(targets.get(option), null, args)) };
    } catch (error) {
      return { kind: 'error', error: toErrorRecord(error) };
    } finally {
      running -= 1;
    }
  };

  return {
    kinds,
    others: pack([others]),
    isRunning: () => running > 0,
    answer(ask, { port, cells }) {
      port.postMessage(run(ask));
      ring(cells, cell.answer);
    },
    hear({ target, method, args, result }) {
      const object = targets.get(target);
      try {
        running += 1;
        const called: unknown = method === null ? object : Reflect.get(Object(object), method);
        const value = apply(called, object, unpack(args));
        if (typeof value === 'object' && value !== null) targets.set(result, value);
      } catch {
        // A logger that fails must not fail the call.
      } finally {
        running -= 1;
      }
      // Spans are not used after their end.
      if (method === 'end') targets.delete(target);
    },
  };
}

const apply = (called: unknown, self: unknown, args: readonly unknown[]): unknown =>
  typeof called === 'function' ? Reflect.apply(called, self, args) : undefined;

function kindOf(value: unknown): KeptKind | null {
  if (typeof value === 'function') return 'function';
  return typeof value === 'object' && value !== null && hasMethods(value) ? 'object' : null;
}

function hasMethods(value: object): boolean {
  if (Array.isArray(value) || value instanceof RegExp) return false;
  for (
    let owner: unknown = value;
    typeof owner === 'object' && owner !== null && owner !== Object.prototype;
    owner = Object.getPrototypeOf(owner)
  ) {
    const fields = Object.entries(Object.getOwnPropertyDescriptors(owner));
    const isMethod = ([name, { value: member }]: (typeof fields)[number]) =>
      typeof member === 'function' && name !== 'constructor';
    if (fields.some(isMethod)) return true;
  }
  return false;
}
