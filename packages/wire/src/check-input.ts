import type { Issue } from './errors.ts';
import { findIssues } from './issues.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import type { OperationId } from './operations.ts';
import { isSegment } from './shapes.ts';
import type { InputOf } from './types.ts';

/** The parts of a request, not validated. */
export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

const maxParamChars = 512;

/**
 * Checks a request against the table.
 *
 * @param bodyPath path of the wrapped values, if the client wrapped the body
 * @returns the same values under the types of the operation, or what is wrong with them
 */
export function checkInput<Id extends OperationId>(
  id: Id,
  raw: RawInput,
  bodyPath: readonly PropertyKey[] = [],
): InputOf<Id> | readonly Issue[] {
  const { query, body }: Operation = operations[id];
  const issues = [
    ...(query ? findIssues(query, raw.query) : []),
    ...(body ? findIssues(body, raw.body, bodyPath) : []),
    ...checkParams(raw.params),
  ];
  return fits<Id>(raw, issues) ? raw : issues;
}

/** The schemas only check: what they accept has their types. */
function fits<Id extends OperationId>(
  _raw: RawInput,
  issues: readonly Issue[],
): _raw is RawInput & InputOf<Id> {
  return issues.length === 0;
}

const checkParams = (params: Readonly<Record<string, string>>): Issue[] =>
  Object.entries(params).flatMap(([field, value]) => {
    if (value === '' || value.length > maxParamChars) {
      return [{ field, message: `expected 1 to ${maxParamChars} characters` }];
    }
    return isSegment(value) ? [] : [{ field, message: 'must not be "." or "..", encoded or not' }];
  });
