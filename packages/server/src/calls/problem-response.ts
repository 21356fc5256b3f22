import type { ErrorBody } from 'honeyhive-wire';
import { QueryTooExpensive, StoreUnavailable } from '../domain/event-store.ts';
import { Problem, invalid } from '../domain/problem.ts';

/** Any error as a problem of the contract. The only place where that is decided. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailable)
    return new Problem('unavailable', error.message, { cause: error });
  if (error instanceof QueryTooExpensive) {
    return invalid([
      {
        field: 'filters',
        message: `the query is too expensive: ${error.message} Narrow the time range or the filters.`,
      },
    ]);
  }
  return new Problem(
    'internal',
    `Something failed in the service. Report it with the request id ${requestId}.`,
    { cause: error },
  );
}

export function toErrorBody(problem: Problem): ErrorBody & Record<string, unknown> {
  return {
    ...problem.details,
    statusCode: problem.status,
    message: problem.message,
    success: false,
    errorCode: problem.code,
    ...(problem.issues.length > 0 ? { issues: problem.issues.slice(0, 1_000) } : {}),
  };
}
