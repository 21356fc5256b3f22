import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** The body of a request, and what tells whether it still comes. */
export interface IncomingBody extends Readable {
  readonly headers: IncomingHttpHeaders;
  /** Whether all of it was received. */
  readonly complete: boolean;
  readonly socket: { readonly bytesRead: number; readonly destroyed: boolean };
}

/** A request as far as an operation needs it, by whichever protocol it came. */
export interface Incoming {
  readonly id: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Address of the caller, as far as it can be believed. */
  readonly ip: string;
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly raw: IncomingBody;
}
