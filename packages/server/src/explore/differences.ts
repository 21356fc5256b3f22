import type { Issue } from 'honeyhive-wire';
import { rankDifferences } from '../domain/differences.ts';
import type { EventCondition } from '../domain/event-query.ts';
import type { ExploreQuery } from '../domain/explore-query.ts';
import { invalid } from '../domain/problem.ts';
import type { Call, Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { parseSelection, readConditions } from './selection-input.ts';

export const exploreDifferences: Handler<'exploreDifferences', ExploreServices> = async (
  call,
  services,
) => {
  const { selected: chosen, ...base } = call.body;
  const narrowing = parseNarrowing(chosen);
  const rows = await parseSelection({ ...base, within: narrowing.filters }, call.access, services);
  const selected = narrow(rows, narrowing);
  const counts = await services.events.explore.readValueCounts({ rows, selected }, call.signal);
  return {
    selected_count: counts.selectedCount,
    rest_count: counts.restCount,
    sampled: counts.isSampled,
    keys: rankDifferences(counts, new Set(narrowing.filters.flatMap(pathsOf))),
  };
};

/** What the selected rows meet as well. */
type Narrowing = Pick<ExploreQuery, 'filters' | 'words'> & {
  readonly fromMs: number;
  readonly beforeMs: number;
};

function parseNarrowing(chosen: Call<'exploreDifferences'>['body']['selected']): Narrowing {
  const issues: Issue[] = [];
  const conditions = readConditions(chosen, issues, ['selected']);
  if (issues.length > 0) throw invalid(issues);
  return { ...conditions, fromMs: chosen.from ?? 0, beforeMs: chosen.to ?? Infinity };
}

function narrow(rows: ExploreQuery, { filters, words, ...range }: Narrowing): ExploreQuery {
  const fromMs = Math.max(rows.fromMs ?? 0, range.fromMs);
  const beforeMs = Math.min(rows.beforeMs ?? Infinity, range.beforeMs);
  return {
    ...rows,
    filters: [...rows.filters, ...filters],
    words: [...rows.words, ...words],
    ...(fromMs === 0 ? {} : { fromMs }),
    ...(beforeMs === Infinity ? {} : { beforeMs }),
  };
}

const pathsOf = (condition: EventCondition): string[] =>
  ('anyOf' in condition ? condition.anyOf : [condition]).map(({ path }) => path.join('.'));
