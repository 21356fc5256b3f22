import type { HoneyHiveClientProtocol } from '../client/protocol.ts';
import type { HoneyHiveOptions } from '../options/options.ts';

/** The methods whose calls a fake records. */
export type FakeMethod = Exclude<
  {
    [Name in keyof HoneyHiveClientProtocol]: HoneyHiveClientProtocol[Name] extends (
      ...parameters: never[]
    ) => unknown
      ? Name
      : never;
  }[keyof HoneyHiveClientProtocol],
  symbol | 'close'
>;

/** What a method takes. */
export type FakeParameters<Method extends FakeMethod> = Parameters<HoneyHiveClientProtocol[Method]>;

/**
 * The fields of an answer that matter to a test; the fake makes up the others. Items of lists need not be complete
 * either.
 */
export type FakeAnswer<Method extends FakeMethod> =
  Awaited<ReturnType<HoneyHiveClientProtocol[Method]>> extends infer Answer
    ? {
        readonly [Field in keyof Answer]?: Answer[Field] extends readonly (infer Item)[]
          ? readonly Partial<Item>[]
          : Answer[Field];
      }
    : never;

/** A call, as the fake was called. */
export type FakeCall = {
  [Method in FakeMethod]: {
    readonly method: Method;
    /** What it was called with; not a copy. */
    readonly parameters: FakeParameters<Method>;
  };
}[FakeMethod];

/** How long a planned answer or failure is for. */
export interface FakeTimes {
  /** Number of calls, from 1. Default: every call from now on. */
  readonly times?: number;
}

/** Options of the fake; the same as those of the client. */
export type FakeOptions = Pick<HoneyHiveOptions, 'project' | 'source' | 'sampling' | 'redact'>;

/** A client without a service, for the tests of an application. */
export interface FakeHoneyHive extends HoneyHiveClientProtocol {
  /** Every call so far, in order, those that were refused among them. */
  readonly calls: readonly FakeCall[];
  /**
   * What one method was called with, call by call.
   *
   * @example
   * ```ts
   * const [[event] = []] = fake.callsOf('createEvent');
   * console.log(event?.event_name);
   * ```
   */
  callsOf<Method extends FakeMethod>(method: Method): readonly FakeParameters<Method>[];
  /**
   * Plan what a method answers. The fields win over those that the fake makes up.
   *
   * @param answer fields, or a function that makes them from what the method was called with
   * @example
   * ```ts
   * fake.answer('getSession', { event_count: 3 });
   * fake.answer('listEvents', { events: [{ event_name: 'search' }] }, { times: 1 });
   * ```
   */
  answer<Method extends FakeMethod>(
    method: Method,
    answer: FakeAnswer<Method> | ((...parameters: FakeParameters<Method>) => FakeAnswer<Method>),
    times?: FakeTimes,
  ): void;
  /**
   * Plan that a method fails: promises reject, `logEvent` and its like throw.
   *
   * @example
   * ```ts
   * fake.fail('createEvent', new Error('the service is away'), { times: 2 });
   * ```
   */
  fail(method: FakeMethod, error: Error, times?: FakeTimes): void;
  /** Clear recorded calls and planned responses. */
  reset(): void;
}
