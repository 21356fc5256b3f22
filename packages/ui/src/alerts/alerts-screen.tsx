import { useQuery } from '@tanstack/react-query';
import { useProject } from '../api/project.tsx';
import { Screen } from '../kit/screen.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { ReadOnlyNote } from '../forms/read-only-note.tsx';
import { settingsQuery } from '../forms/settings-queries.ts';
import { alertsText } from '../text/alerts.ts';
import styles from './alerts.module.css';
import { ThresholdForm } from './threshold-form.tsx';

/** The thresholds of a project. */
export function AlertsScreen() {
  const { id } = useProject();
  const { data, error, refetch } = useQuery(settingsQuery(id));
  return (
    <Screen title={alertsText.title}>
      <div className={styles.page}>
        <p className={styles.hint}>{alertsText.hint}</p>
        <ReadOnlyNote />
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={4} />}
        {data && <ThresholdForm key={data.updated_at} thresholds={data.alert_thresholds} />}
      </div>
    </Screen>
  );
}
