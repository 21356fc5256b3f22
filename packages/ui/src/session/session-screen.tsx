import { useQuery } from '@tanstack/react-query';
import type { Skeleton as SessionSkeleton } from 'honeyhive-wire';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { formatDuration } from '../format/duration.ts';
import { formatNoun } from '../format/number.ts';
import { Screen } from '../kit/screen.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { usePlace } from '../state/use-place.ts';
import { shellText } from '../text/shell.ts';
import styles from './session-screen.module.css';

/** A session: what it is called, how many events, how long. */
export function SessionScreen() {
  const project = useProject();
  const place = usePlace();
  const id = place.screen === 'session' ? place.session : '';
  const skeleton = useQuery({
    queryKey: ['skeleton', project.id, id],
    queryFn: ({ signal }) =>
      ask<SessionSkeleton>(`GET /v1/explore/sessions/${encodeURIComponent(id)}/skeleton`, {
        params: { project: project.id },
        signal,
      }),
  });
  const { data, error, isPending, refetch } = skeleton;
  const session = data?.session;
  return (
    <Screen title={session?.event_name ?? shellText.session}>
      {isPending && <Skeleton />}
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <p className={styles.summary}>
          {formatNoun(data.ids.length, 'event')}
          {typeof session?.duration_ms === 'number' && ` · ${formatDuration(session.duration_ms)}`}
        </p>
      )}
    </Screen>
  );
}
