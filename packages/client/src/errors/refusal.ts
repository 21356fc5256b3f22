import { HoneyHiveValidationError } from './errors.ts';
import type { Issue } from './errors.ts';

/** The error for input that is refused before it is sent. */
export function refuse(
  operation: string,
  issues: readonly Issue[],
  cause?: unknown,
): HoneyHiveValidationError {
  const list = issues.map(({ field, message }) => (field ? `${field} ${message}` : message));
  return new HoneyHiveValidationError(`${operation}: ${list.join('; ')}`, {
    statusCode: 400,
    response: null,
    errorCode: 'invalid_request',
    issues,
    cause,
  });
}
