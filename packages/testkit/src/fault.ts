/** What happens to one request on its way through the proxy. */
export type Fault =
  /** Forwarded, and the reply with it. */
  | { readonly kind: 'pass' }
  /** Read and never answered; the connection stays open until the client or the proxy closes it. */
  | { readonly kind: 'stall' }
  /** The connection is reset before anything is forwarded. */
  | { readonly kind: 'reset' }
  /** Forwarded after this many milliseconds. */
  | { readonly kind: 'delay'; readonly durationMs: number }
  /** Forwarded and carried out; the connection is reset in place of the reply. */
  | { readonly kind: 'drop-reply' }
  /** Forwarded; the connection ends after this many bytes of the reply's body. */
  | { readonly kind: 'truncate'; readonly bodyBytes: number }
  /** Answered by the proxy; nothing is forwarded. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Default empty. */
      readonly body?: string;
    };
