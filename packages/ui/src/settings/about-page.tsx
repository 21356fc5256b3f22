import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatBytes } from '../format/bytes.ts';
import { formatDuration } from '../format/duration.ts';
import { formatCount, formatNoun } from '../format/number.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { settingsText } from '../text/settings.ts';
import { healthQuery } from '../forms/settings-queries.ts';
import styles from './settings.module.css';

/** The service: its version, and how it is. */
export function AboutPage() {
  const { data, error, refetch } = useQuery(healthQuery);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} />;
  const { health, readiness } = data;
  const { store, queue, text_index: index } = readiness;
  return (
    <dl className={styles.facts}>
      <Fact name={settingsText.version}>{health.version}</Fact>
      <Fact name={settingsText.uptime}>{formatDuration(health.uptime_ms)}</Fact>
      <Fact name={settingsText.store}>
        {store.ok
          ? settingsText.storeFine(formatDuration(store.latency_ms ?? 0))
          : `${settingsText.storeFailed}: ${store.error ?? ''}`}
      </Fact>
      <Fact name={settingsText.queue}>
        {settingsText.queueState(
          formatNoun(queue.requests, settingsText.request),
          formatBytes(queue.bytes),
        )}
      </Fact>
      <Fact name={settingsText.textIndex}>
        {index.indexed_hours < index.hours
          ? settingsText.textIndexGrows(formatCount(index.indexed_hours), formatCount(index.hours))
          : settingsText.textIndexWhole}
      </Fact>
      <Fact name={settingsText.licence}>{settingsText.licenceName}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
