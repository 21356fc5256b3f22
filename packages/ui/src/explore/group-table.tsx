import type { GroupList } from 'honeyhive-wire';
import type { ReactNode } from 'react';
import { formatCost } from '../format/cost.ts';
import { formatDuration } from '../format/duration.ts';
import { formatCount, formatNoun, formatRatio } from '../format/number.ts';
import { formatTokens } from '../format/tokens.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { addCondition, conditionOrNone } from '../query/query-edit.ts';
import { setQuery, useQueryState } from '../state/use-query-state.ts';
import { listText } from '../text/list.ts';
import { groupFields, groupSortParam, nextGroupSort } from './group-sort.ts';
import type { GroupField } from './group-sort.ts';
import styles from './group-table.module.css';
import { ListFailure } from '../list/list-failure.tsx';
import { NoRows } from '../list/no-rows.tsx';
import { toSelection } from '../list/selection-input.ts';
import { useExplore } from '../list/use-explore.ts';
import type { ListSelection } from '../list/selection-input.ts';

type Group = GroupList['groups'][number];

/** As many as a page shows at once. */
const mostGroups = 200;

interface GroupTableProps {
  readonly list: ListSelection;
  /** Field that the rows are grouped by. */
  readonly path: string;
}

/** The rows as groups with what they add up to; a click on one makes it a part of the query. */
export function GroupTable({ list, path }: GroupTableProps) {
  const [sort, setSort] = useQueryState('gs', groupSortParam);
  const body = { ...toSelection(list), group_by: path, sort, limit: mostGroups };
  const groups = useExplore('exploreGroups', { body });
  const { data, error, refetch, isPlaceholderData } = groups;
  const retry = () => void refetch();
  if (error && !data) return <ListFailure error={error} onRetry={retry} />;
  if (!data) return <Skeleton rows={16} />;
  if (data.groups.length === 0) return <NoRows list={list} />;
  const most = Math.max(1, ...data.groups.map(({ count }) => count));
  const open = (group: Group) => {
    const condition = conditionOrNone(path, group.value);
    setQuery({ q: addCondition(list.query, condition), g: null, gs: null });
    list.refresh();
  };
  return (
    <div className={styles.frame}>
      {error && <InlineError title={listText.groupsFailed} error={error} onRetry={retry} />}
      <div className={styles.scroller} role="region" aria-label={listText.groups(path)}>
        <table className={styles.table} aria-busy={isPlaceholderData}>
          <thead>
            <tr>
              {groupFields.map((field) => (
                <th
                  key={field}
                  scope="col"
                  aria-sort={sort.field === field ? sort.direction : undefined}
                >
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => setSort(nextGroupSort(sort, field))}
                  >
                    {field === 'value' ? path : listText.groupColumns[field]}
                    {sort.field === field && (
                      <span aria-hidden>{sort.direction === 'ascending' ? '↑' : '↓'}</span>
                    )}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.groups.map((group) => (
              <tr key={group.value ?? ''}>
                <th scope="row">
                  <button type="button" className={styles.value} onClick={() => open(group)}>
                    {group.value ?? <em>{listText.noValue}</em>}
                  </button>
                </th>
                {groupFields.slice(1).map((field) => (
                  <td key={field}>{renderField(group, field, most)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <footer className={styles.footer}>
        {listText.groupsShown(
          formatCount(data.groups.length),
          formatNoun(data.total_groups, ...listText.groupNoun),
        )}
      </footer>
    </div>
  );
}

function renderField(group: Group, field: GroupField, most: number): ReactNode {
  switch (field) {
    case 'value':
      return group.value;
    case 'count':
      return (
        <span className={styles.count}>
          <span className={styles.bar} style={{ inlineSize: `${(group.count / most) * 48}px` }} />
          {formatCount(group.count)}
        </span>
      );
    case 'error_count':
      return group.error_count === 0 ? (
        '0'
      ) : (
        <span className={styles.errors}>
          {formatCount(group.error_count)} · {formatRatio(group.error_count / group.count)}
        </span>
      );
    case 'p50_ms':
    case 'p95_ms': {
      const ms = group[field];
      return ms === null ? null : formatDuration(ms);
    }
    case 'total_tokens':
      return formatTokens(group.total_tokens);
    case 'cost_usd':
      return formatCost(group.cost_usd);
  }
}
