import type { HoneyHiveClient } from '../client.ts';
import type { CreatedEvent, CreateEventInput } from '../events.ts';
import type { Event } from '../generated/types.ts';
import type { List } from '../list.ts';
import type { CallOptions } from '../options.ts';
import { assumeBlocking } from './assume-message.ts';
import { methodNames } from './method-table.ts';
import type { MethodName } from './method-table.ts';
import type { SyncList } from './sync-list.ts';

type Settled<Result> =
  Result extends List<infer Item, infer Page> ? SyncList<Item, Page> : Awaited<Result>;

type Blocking<Method> = Method extends (...parameters: infer Parameters) => infer Result
  ? (...parameters: Parameters) => Settled<Result>
  : never;

type Plain = {
  [Name in keyof Pick<HoneyHiveClient, MethodName>]: Blocking<HoneyHiveClient[Name]>;
};

/** What is known of a method with type parameters only once it is called. */
interface Generic {
  /** As of the other view. */
  createEvent<Inputs extends object = Record<string, unknown>, Outputs = unknown>(
    input: CreateEventInput<Inputs, Outputs>,
    options?: CallOptions,
  ): CreatedEvent<Inputs, Outputs>;
  /** As of the other view. */
  getEvent<
    Inputs extends object = Record<string, unknown>,
    Outputs extends object = Record<string, unknown>,
  >(
    eventId: string,
    options?: CallOptions,
  ): Event<Inputs, Outputs>;
}

/** The methods of the client, each of which returns what the promise of the other view settles with. */
export type BlockingMethods = Omit<Plain, keyof Generic> & Generic;

/** Carries out one call; `method` is the function that the application called. */
export type CarryOut = (
  name: MethodName,
  args: readonly unknown[],
  method: (...args: unknown[]) => unknown,
) => unknown;

class Caller {
  readonly #carryOut: CarryOut;

  constructor(carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  static {
    for (const name of methodNames) {
      const value = function method(this: Caller, ...args: unknown[]): unknown {
        return this.#carryOut(name, args, value);
      };
      Object.defineProperty(value, 'name', { value: name });
      Object.defineProperty(this.prototype, name, { value, writable: true, configurable: true });
    }
  }
}

/** A class with a method for each row of the table. */
export const BlockingCaller = assumeBlocking(Caller);
