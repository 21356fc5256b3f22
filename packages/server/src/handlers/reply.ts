/** An answer that is more than a body: what a handler returns when it has a status or headers to set. */
export class Reply {
  /** JSON, unless it is a Buffer or a stream; null for none. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;

  constructor(body: unknown, headers: Readonly<Record<string, string>>, status = 200) {
    this.body = body;
    this.headers = headers;
    this.status = status;
  }
}
