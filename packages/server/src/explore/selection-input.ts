import { formatPath } from 'honeyhive-wire';
import type { Issue, RowsQuery as RowsInput } from 'honeyhive-wire';
import type { EventCondition } from '../domain/event-query.ts';
import type { ExploreQuery } from '../domain/explore-query.ts';
import { parseConditions, parseField } from '../domain/filter-input.ts';
import { invalid } from '../domain/problem.ts';
import type { Access } from '../calls/access.ts';
import { findListPlace } from '../projects/home-project.ts';
import type { PlaceServices } from '../projects/home-project.ts';

/** What says which rows a question is about; the shape was checked before. */
export type SelectionInput = {
  readonly [Name in 'project' | 'scope' | 'filters' | 'filter_target' | 'text' | 'from' | 'to']?:
    | RowsInput[Name]
    | undefined;
} & {
  /** Filters that are applied to those rows later; they say which project is meant, too. */
  readonly within?: readonly EventCondition[];
};

const maxWords = 20;

/**
 * The rows that a selection is about, in the project that it names, that the key is bound to, or that has the session
 * or event that a filter asks for.
 *
 * @throws {Problem} with everything that is wrong with it; `conflict` when several projects have the id
 */
export async function parseSelection(
  input: SelectionInput,
  access: Access,
  services: PlaceServices,
): Promise<ExploreQuery> {
  const issues: Issue[] = [];
  const conditions = readConditions(input, issues);
  if (input.from !== undefined && input.to !== undefined && input.to < input.from)
    issues.push({ field: 'to', message: 'expected an instant after `from`' });
  if (issues.length > 0) throw invalid(issues);
  const filters = [...conditions.filters, ...(input.within ?? [])];
  return {
    projectId: await findListPlace(access, services, { named: input.project, filters }),
    scope: input.scope ?? 'events',
    target: input.filter_target ?? 'session',
    ...conditions,
    ...(input.from === undefined ? {} : { fromMs: input.from }),
    ...(input.to === undefined ? {} : { beforeMs: input.to }),
  };
}

/** Filters and words; what is wrong with them is added to the issues. */
export function readConditions(
  input: Pick<SelectionInput, 'filters' | 'text'>,
  issues: Issue[],
  at: readonly PropertyKey[] = [],
): { filters: readonly EventCondition[]; words: readonly string[] } {
  const parsed = parseConditions(input.filters, [...at, 'filters']);
  issues.push(...parsed.issues);
  const words = toWords(input.text ?? '');
  if (words.length > maxWords)
    issues.push({ field: formatPath([...at, 'text']), message: `at most ${maxWords} words` });
  return { filters: parsed.filters, words };
}

/** Words, and what stands in double quotes as one. */
const toWords = (text: string): string[] =>
  [...text.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

/** A path as filters name fields; what is wrong with it is added to the issues. */
export function readPath(
  field: string,
  issues: Issue[],
  at: readonly PropertyKey[],
): readonly string[] {
  const parsed = parseField(field);
  if ('path' in parsed) return parsed.path;
  issues.push({ field: formatPath(at), message: parsed.message });
  return [];
}
