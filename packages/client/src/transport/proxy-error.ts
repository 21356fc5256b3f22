/** What went wrong on the way through a proxy. */
export type ProxyErrorCode =
  | 'HH_PROXY_UNREACHABLE'
  | 'HH_PROXY_AUTHENTICATION'
  | 'HH_PROXY_REFUSED'
  | 'HH_PROXY_TIMEOUT';

/** The proxy did not open a way to the service: nothing has been sent. */
export class ProxyError extends Error {
  readonly code: ProxyErrorCode;

  constructor(code: ProxyErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ProxyError';
    this.code = code;
  }
}
