import type { Issue } from 'honeyhive-wire';
import { invalid } from '../domain/problem.ts';
import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { parseSelection, readPath } from './selection-input.ts';

const defaultLimit = 100;

export const exploreGroups: Handler<'exploreGroups', ExploreServices> = async (
  call,
  { events },
) => {
  const { body } = call;
  const issues: Issue[] = [];
  const groupBy = readPath(body.group_by, issues, ['group_by']);
  if (issues.length > 0) throw invalid(issues);
  const { field, direction } = body.sort ?? { field: 'count', direction: 'descending' };
  const { groups, groupCount } = await events.explore.readGroups(
    {
      rows: await parseSelection(body, call.access),
      groupBy,
      sort: { field, isDescending: direction === 'descending' },
      limit: body.limit ?? defaultLimit,
    },
    call.signal,
  );
  return {
    groups: groups.map((group) => ({
      value: group.value,
      count: group.count,
      error_count: group.errorCount,
      p50_ms: group.p50Ms,
      p95_ms: group.p95Ms,
      total_tokens: group.totalTokens,
      cost_usd: group.costUsd,
    })),
    total_groups: groupCount,
  };
};
