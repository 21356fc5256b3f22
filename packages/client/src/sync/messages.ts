import type { ErrorRecord } from './error-record.ts';
import type { ListMethod, MethodName } from './method-table.ts';
import type { Packed } from './pack.ts';

/** A call of one method. */
export interface CallMessage {
  readonly kind: 'call';
  readonly id: number;
  readonly method: MethodName;
  readonly args: Packed;
}

/** What follows a page of a list. */
export interface NextMessage {
  readonly kind: 'next';
  readonly id: number;
  readonly method: ListMethod;
  readonly args: Packed;
  readonly cursor: unknown;
}

/** The end of the client. */
export interface CloseMessage {
  readonly kind: 'close';
  readonly id: number;
}

/** What the caller asks of the worker. */
export type Request = CallMessage | NextMessage | CloseMessage;

/** A request without its number. */
export type Question = Request extends infer Each
  ? Each extends Request
    ? Omit<Each, 'id'>
    : never
  : never;

/** How a request ended. */
export type Reply =
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'page';
      readonly id: number;
      readonly value: unknown;
      readonly cursor: unknown;
    }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorRecord };

/** What ended the worker: the last that it says. */
export interface Crash {
  readonly kind: 'crash';
  readonly error: ErrorRecord;
}

/** A function among the caller's options to run; the worker sleeps until it has the answer. */
export interface Ask {
  readonly kind: 'ask';
  readonly option: string;
  readonly args: readonly unknown[];
}

/** The outcome of an {@link Ask}. */
export type Answer =
  /** As JSON, which is all that a call does with it; undefined when it cannot be written so. */
  | { readonly kind: 'value'; readonly json: string | undefined }
  | { readonly kind: 'error'; readonly error: ErrorRecord };

/** A method to call on an object of the caller's options; the worker does not wait. */
export interface Tell {
  readonly kind: 'tell';
  /** Name of the option, or of an earlier result. */
  readonly target: string;
  /** null when the target itself is to be called. */
  readonly method: string | null;
  readonly args: Packed;
  /** What to call the result by. */
  readonly result: string;
}
