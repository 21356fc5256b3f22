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
  { events },
) => {
  const { selected: chosen, ...base } = call.body;
  const rows = await parseSelection(base, call.access);
  const selected = narrow(rows, chosen);
  const counts = await events.explore.readValueCounts({ rows, selected }, call.signal);
  const added = selected.filters.slice(rows.filters.length);
  return {
    selected_count: counts.selectedCount,
    rest_count: counts.restCount,
    sampled: counts.isSampled,
    keys: rankDifferences(counts, new Set(added.flatMap(pathsOf))),
  };
};

/** The rows that meet the other conditions as well. */
function narrow(
  rows: ExploreQuery,
  chosen: Call<'exploreDifferences'>['body']['selected'],
): ExploreQuery {
  const issues: Issue[] = [];
  const { filters, words } = readConditions(chosen, issues, ['selected']);
  if (issues.length > 0) throw invalid(issues);
  const fromMs = Math.max(rows.fromMs ?? 0, chosen.from ?? 0);
  const beforeMs = Math.min(rows.beforeMs ?? Infinity, chosen.to ?? Infinity);
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
