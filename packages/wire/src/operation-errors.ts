import type { ErrorCode } from './errors.ts';
import type { Operation } from './operation.ts';

/** What a key can be refused with, and what an operation that needs one can be short of. */
const ofKeys: readonly ErrorCode[] = [
  'unauthenticated',
  'forbidden',
  'rate_limited',
  'unavailable',
];

/** What can be wrong with a body. */
const ofBodies: readonly ErrorCode[] = [
  'invalid_json',
  'invalid_encoding',
  'invalid_request',
  'too_large',
  'unsupported_media_type',
];

/** Codes that an operation may answer with: those that follow from what it takes, and its own. */
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

/** Whether the project that is named, or the default one, must be there: what is stored makes the project it names. */
const needsProject = ({ access, scope, query }: Operation): boolean =>
  (scope === 'project' && access !== 'ingest') || 'project' in (query?.shape ?? {});
