import { errorCodes } from 'honeyhive-wire';
import type { ErrorCode, Issue } from 'honeyhive-wire';

/** A request that is answered with an error of the contract. The only thing that handlers throw on purpose. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode;
  readonly status: number;
  readonly issues: readonly Issue[];
  /** Seconds after which the request may succeed; null when waiting does not help. */
  readonly retryAfter: number | null;
  /** Further keys of the error body. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Headers of the answer beside those that every problem has. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      issues?: readonly Issue[];
      retryAfter?: number;
      cause?: unknown;
      details?: Readonly<Record<string, unknown>>;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = errorCodes[code].status;
    this.issues = options.issues ?? [];
    this.details = options.details ?? {};
    this.headers = options.headers ?? {};
    this.retryAfter =
      options.retryAfter ?? (errorCodes[code].retryable && this.status !== 500 ? 1 : null);
  }
}

/** An invalid request: the message lists the first issues, `issues` all of them. */
export function invalid(issues: readonly Issue[]): Problem {
  const shown = issues
    .slice(0, 3)
    .map(({ field, message }) => (field ? `${field}: ${message}` : message));
  const more = issues.length > shown.length ? ` (and ${issues.length - shown.length} more)` : '';
  return new Problem('invalid_request', shown.join('; ') + more, { issues });
}

/** Nothing there, or nothing that this key may see. */
export function notFound(what: string, id: string): Problem {
  return new Problem(
    'not_found',
    `No ${what} ${JSON.stringify(id.slice(0, 200))} that this key can see.`,
    {
      issues: [{ field: `${what}_id`, message: 'not found' }],
    },
  );
}
