/** An answer that is more than a body: what a handler returns when it has a status or headers to set. */
export class Reply<Body, Status extends number = never> {
  /** JSON, unless it is a Buffer or a stream; null for none. */
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
  /** undefined: the usual one of the operation. */
  readonly status: Status | undefined;

  constructor(body: Body, headers: Readonly<Record<string, string>>, status?: Status) {
    this.body = body;
    this.headers = headers;
    this.status = status;
  }
}
