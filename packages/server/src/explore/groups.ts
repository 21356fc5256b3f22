import type { GroupList, Issue } from 'honeyhive-wire';
import { invalid } from '../domain/problem.ts';
import type { Question } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { parseSelection, readPath } from './selection-input.ts';

const defaultLimit = 100;

export async function exploreGroups(
  { body, access, signal }: Question<'exploreGroups'>,
  services: ExploreServices,
): Promise<GroupList> {
  const issues: Issue[] = [];
  const groupBy = readPath(body.group_by, issues, ['group_by']);
  if (issues.length > 0) throw invalid(issues);
  const { field, direction } = body.sort ?? { field: 'count', direction: 'descending' };
  const { groups, groupCount } = await services.events.explore.readGroups(
    {
      rows: await parseSelection(body, access, services),
      groupBy,
      sort: { field, isDescending: direction === 'descending' },
      limit: body.limit ?? defaultLimit,
    },
    signal,
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
}
