import type { HoneyHiveClient } from '../client/client.ts';
import type { Event, SessionInput } from '../generated/types.ts';
import type { CreatedEvent, CreateEventInput } from '../methods/events.ts';
import type { ResponseTo, RestOf } from '../methods/known-request.ts';
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

/** What the blocking view returns for what it has logged; what became of it, `flush` and `onDrop` tell. */
export interface LoggedEvent {
  readonly event_id: string;
  readonly session_id: string;
}

/** What the table cannot say: type parameters, which are known once the method is called, and receipts. */
interface Special {
  /**
   * As of the other view: the worker delivers it in the background, while this thread works. Waits for room in the
   * queue with `onFull: 'block'`.
   */
  logEvent<Inputs extends object = Record<string, unknown>, Outputs = unknown>(
    event: CreateEventInput<Inputs, Outputs>,
  ): LoggedEvent;
  /** As of the other view; see {@link BlockingMethods.logEvent}. */
  logSession(session?: SessionInput): LoggedEvent;
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
  /** As of the other view. */
  request<Method extends string, Path extends string>(
    method: Method,
    path: Path,
    ...rest: RestOf<Method, Path>
  ): ResponseTo<Method, Path>;
}

/** The methods of the client, each of which returns what the promise of the other view settles with. */
export type BlockingMethods = Omit<Plain, keyof Special> & Special;

/** Carries out one call; `method` is the function that the application called. */
export type CarryOut = (
  name: MethodName,
  args: readonly unknown[],
  method: (...args: unknown[]) => unknown,
) => unknown;
