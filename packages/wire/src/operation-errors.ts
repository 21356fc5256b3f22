import type { ErrorCode } from './errors.ts';
import type { Operation } from './operation.ts';

/** Errors of authentication and authorisation. */
const ofKeys: readonly ErrorCode[] = [
  'unauthenticated',
  'forbidden',
  'rate_limited',
  'unavailable',
];

/** Errors of request bodies. */
const ofBodies: readonly ErrorCode[] = [
  'invalid_json',
  'invalid_encoding',
  'invalid_request',
  'too_large',
  'unsupported_media_type',
];

/** Error codes of an operation: those derived from its inputs, and its own. */
export function errorsOf(operation: Operation): readonly ErrorCode[] {
  const { access, body, query, paths, errors } = operation;
  const hasParams = paths.some((path) => path.includes('{'));
  return [
    ...new Set<ErrorCode>([
      ...(access === 'public' ? [] : ofKeys),
      ...(body ? ofBodies : []),
      ...(query || hasParams ? (['invalid_request'] as const) : []),
      ...(hasParams || needsProject(operation) ? (['not_found'] as const) : []),
      ...errors,
    ]),
  ];
}

/** Whether the named or default project must exist: writes create the project they name. */
const needsProject = ({ access, scope, query }: Operation): boolean =>
  (scope === 'project' && access !== 'ingest') || 'project' in (query?.shape ?? {});
