import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { GroupList, RequestOf } from 'honeyhive-wire';
import { useId } from 'react';
import { askTogether } from '../api/ask-together.ts';
import { formatCount } from '../format/number.ts';
import { PlaceLink } from '../kit/place-link.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import type { ListSelection } from '../list/selection-input.ts';
import { addCondition, conditionOf } from '../query/query-edit.ts';
import { printTimeRange } from '../state/time-range.ts';
import { chartsText } from '../text/charts.ts';
import styles from './charts.module.css';
import { formatValue } from '../format/chart-value.ts';

const onlyTools = { field: 'event_type', operator: 'is', value: 'tool', type: 'string' } as const;
const shownTools = 8;

type Group = GroupList['groups'][number];

/** The tools that failed most, with a link to the calls of each. */
export function ToolErrors({ list }: { readonly list: ListSelection }) {
  const titleId = useId();
  const { filters, texts } = list.compiled;
  const project = list.project.id;
  const body: Omit<RequestOf<'exploreGroups'>['body'], 'project'> = {
    scope: 'events',
    filters: [...filters, onlyTools],
    ...(texts.length > 0 && { text: texts.join(' ') }),
    ...list.interval,
    group_by: 'event_name',
    sort: { field: 'error_count', direction: 'descending' },
    limit: shownTools,
  };
  const { data, error, refetch } = useQuery({
    queryKey: ['groups', project, body],
    queryFn: ({ signal }) => askTogether({ operation: 'exploreGroups', body }, { project, signal }),
    enabled: list.problems.length === 0,
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-labelledby={titleId} className={styles.panel}>
      <div className={styles.head}>
        <h2 id={titleId}>{chartsText.titles.tools}</h2>
      </div>
      {error && (
        <InlineError title={chartsText.failed} error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Skeleton rows={5} />}
      {data?.groups.length === 0 && <p className={styles.empty}>{chartsText.nothing}</p>}
      {data && data.groups.length > 0 && <ToolTable groups={data.groups} list={list} />}
    </section>
  );
}

interface ToolTableProps {
  readonly groups: readonly Group[];
  readonly list: ListSelection;
}

function ToolTable({ groups, list }: ToolTableProps) {
  const most = Math.max(1, ...groups.map((group) => group.error_count));
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{chartsText.titles.tools}</caption>
      <thead>
        <tr>
          <th scope="col">{chartsText.tool}</th>
          <th scope="col">{chartsText.errorCount}</th>
          <th scope="col">{chartsText.calls}</th>
          <th scope="col">{chartsText.p95}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.value ?? ''}>
            <th scope="row">
              <PlaceLink
                to={{ screen: 'events', project: list.project.name }}
                query={toQuery(group, list)}
                className={styles.link}
              >
                {group.value ?? chartsText.without}
              </PlaceLink>
              <meter className={styles.meter} min={0} max={most} value={group.error_count}>
                {group.error_count}
              </meter>
            </th>
            <td>{formatCount(group.error_count)}</td>
            <td>{formatCount(group.count)}</td>
            <td>{formatValue('ms', group.p95_ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The calls of the tool that failed; all of them when none did. */
function toQuery({ value, error_count: errors }: Group, list: ListSelection): string {
  const named =
    value === null ? list.query : addCondition(list.query, conditionOf('event_name', value));
  const failed = { kind: 'has', key: ['error'], isNegated: false } as const;
  const q = errors > 0 ? addCondition(named, failed) : named;
  return new URLSearchParams({ q, t: printTimeRange(list.range) }).toString();
}
