import { useQuery } from '@tanstack/react-query';
import type { GroupList, RequestOf, SettingsIn } from 'honeyhive-wire';
import { askTogether } from '../api/ask-together.ts';
import { formatCount } from '../format/number.ts';
import { settingsText } from '../text/settings.ts';
import { estimateKept } from './estimate-kept.ts';
import styles from './settings.module.css';

const dayMs = 86_400_000;

type Filters = NonNullable<RequestOf<'exploreGroups'>['body']['filters']>;

const withError: Filters = [{ field: 'error', operator: 'exists', type: 'string' }];
const withFeedback: Filters = [{ field: 'feedback_kind', operator: 'exists', type: 'string' }];

export interface SamplingEstimateProps {
  readonly projectId: string;
  readonly settings: SettingsIn & { readonly sampling_rate: number };
}

/** What settings would have kept of the sessions that were stored in the last 24 hours. */
export function SamplingEstimate({ projectId, settings }: SamplingEstimateProps) {
  const { keep_errors: keepsErrors, keep_feedback: keepsFeedback } = settings;
  const all = useSessionsBySource(projectId, []);
  const failed = useSessionsBySource(projectId, keepsErrors ? withError : null);
  const liked = useSessionsBySource(projectId, keepsFeedback ? withFeedback : null);
  if (!all || (keepsErrors && !failed) || (keepsFeedback && !liked)) return null;
  const counts = all.map(({ value, count }) => ({
    source: value ?? '',
    sessions: count,
    exceptions: countOf(failed, value) + countOf(liked, value),
  }));
  const kept = estimateKept(counts, {
    rate: settings.sampling_rate,
    bySource: settings.sampling_by_source ?? {},
  });
  const total = all.reduce((sum, { count }) => sum + count, 0);
  return (
    <p role="status" className={styles.hint}>
      {settingsText.estimate(formatCount(kept), formatCount(total))}
    </p>
  );
}

type Groups = GroupList['groups'];

const countOf = (groups: Groups | undefined, source: string | null): number =>
  groups?.find(({ value }) => value === source)?.count ?? 0;

/** @param filters of any event of the session; null: nothing is asked */
function useSessionsBySource(project: string, filters: Filters | null): Groups | undefined {
  const { data } = useQuery({
    queryKey: ['sessions of a day', project, filters],
    queryFn: ({ signal }) =>
      askTogether(
        {
          operation: 'exploreGroups',
          body: {
            scope: 'sessions',
            filters: filters ?? [],
            filter_target: 'any_event',
            group_by: 'source',
            from: Date.now() - dayMs,
            limit: 1_000,
          },
        },
        { project, signal },
      ),
    enabled: filters !== null,
  });
  return data?.groups;
}
