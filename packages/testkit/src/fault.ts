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
  /** Forwarded and carried out; the connection is reset instead of the reply. */
  | { readonly kind: 'drop-reply' }
  /** Forwarded; the connection ends after this many bytes of the reply's body. */
  | { readonly kind: 'truncate'; readonly bodyBytes: number }
  /**
   * Forwarded and carried out; of the reply so many bytes of the body come, and then nothing more, over an open
   * connection.
   */
  | { readonly kind: 'stall-reply'; readonly bodyBytes: number }
  /**
   * Forwarded and carried out; the proxy says that it sends nothing more (FIN) at this point of the reply, and
   * continues reading.
   */
  | { readonly kind: 'half-close'; readonly at: 'before-head' | 'after-head' | 'in-body' }
  /** Forwarded, and the reply with it; then the connection is ended, which the reply did not announce. */
  | { readonly kind: 'hang-up' }
  /** Answered by the proxy; nothing is forwarded. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Default empty. */
      readonly body?: string;
    };
