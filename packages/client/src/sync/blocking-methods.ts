import type { HoneyHiveClient } from '../client/client.ts';
import type { Event } from '../generated/types.ts';
import type { CreatedEvent, CreateEventInput } from '../methods/events.ts';
import type { List } from '../methods/list.ts';
import type { CallOptions } from '../options/options.ts';
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
