import type { ExploreScope } from 'honeyhive-wire';
import { useMemo, useState } from 'react';
import { useProject } from '../api/project.tsx';
import { useRows } from '../api/rows.ts';
import { formatInstant } from '../format/time.ts';
import { PlaceLink } from '../kit/place-link.tsx';
import { RangePicker } from '../kit/range-picker.tsx';
import { Screen } from '../kit/screen.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState, ErrorState } from '../kit/states.tsx';
import { resolveTimeRange } from '../state/time-range.ts';
import { useTimeZone } from '../state/time-zone.ts';
import { useTimeRange } from '../state/use-time-range.ts';
import { screenText } from '../text/screens.ts';
import { shellText } from '../text/shell.ts';
import styles from './first-list.module.css';

interface FirstListProps {
  readonly scope: ExploreScope;
  readonly title: string;
}

/** The newest hundred of a scope, by name and time. */
export function FirstList({ scope, title }: FirstListProps) {
  const project = useProject();
  const [range] = useTimeRange();
  const [zone] = useTimeZone();
  const [now] = useState(Date.now);
  const interval = useMemo(() => resolveTimeRange(range, zone, now), [range, zone, now]);
  const rows = useRows({ project: project.id, scope, ...interval });
  const list = rows.data?.pages.flatMap((page) => page.rows) ?? [];
  const retry = () => void rows.refetch();
  return (
    <Screen title={title} actions={<RangePicker />}>
      {rows.isPending && <Skeleton />}
      {rows.isError && (
        <ErrorState title={screenText.failedRows} error={rows.error} onRetry={retry} />
      )}
      {rows.isSuccess && list.length === 0 && <NothingInRange project={project.name} />}
      <ul>
        {list.map((row) => (
          <li key={row.event_id}>
            <PlaceLink
              className={styles.row}
              to={{ screen: 'session', project: project.name, session: row.session_id }}
              query={scope === 'events' ? `e=${encodeURIComponent(row.event_id)}` : ''}
            >
              <span>{row.event_name}</span>
              <time className={styles.time}>{formatInstant(row.start_time, zone)}</time>
            </PlaceLink>
          </li>
        ))}
      </ul>
    </Screen>
  );
}

const NothingInRange = ({ project }: { readonly project: string }) => (
  <EmptyState
    title={screenText.nothingInRange}
    actions={<PlaceLink to={{ screen: 'start', project }}>{shellText.sendData}</PlaceLink>}
  >
    {screenText.nothingInRangeHint}
  </EmptyState>
);
