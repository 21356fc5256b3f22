import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { formatTotal } from '../format/number.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { settingsText } from '../text/settings.ts';
import { Field } from '../forms/field.tsx';
import { parseNumber, toPercent, toRatio } from '../forms/number-text.ts';
import { SaveBar } from '../forms/save-bar.tsx';
import styles from './settings.module.css';
import { settingsQuery, useSaveSettings } from '../forms/settings-queries.ts';

/** Which share of sessions the service keeps. */
export function SamplingPage() {
  const { id } = useProject();
  const { data, error, refetch } = useQuery(settingsQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} />;
  return <SamplingForm projectId={id} rate={data.sampling_rate} />;
}

function SamplingForm({ projectId, rate }: { readonly projectId: string; readonly rate: number }) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? toPercent(rate);
  const percent = parseNumber(text, { max: 100 });
  const saving = useSaveSettings(projectId);
  const save = () => {
    if (percent === null) return;
    saving.mutate({ sampling_rate: toRatio(percent) }, { onSuccess: () => setTyped(null) });
  };
  return (
    <>
      <Field
        label={settingsText.rate}
        hint={settingsText.rateHint}
        problem={percent === null ? settingsText.rateWrong : null}
      >
        {(props) => (
          <div className={styles.sliderRow}>
            <input
              type="range"
              min={0}
              max={100}
              step={1}
              aria-label={settingsText.rate}
              value={percent ?? 100}
              onChange={(event) => setTyped(event.target.value)}
            />
            <input
              {...props}
              className={styles.number}
              inputMode="decimal"
              value={text}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
        )}
      </Field>
      {percent !== null && <Estimate projectId={projectId} ratio={percent / 100} />}
      <SaveBar
        isDirty={percent === null || toRatio(percent) !== rate}
        isValid={percent !== null}
        isSaving={saving.isPending}
        error={saving.error}
        onSave={save}
        onDiscard={() => setTyped(null)}
      />
    </>
  );
}

const dayMs = 86_400_000;

function Estimate({ projectId, ratio }: { readonly projectId: string; readonly ratio: number }) {
  const { data } = useQuery({
    queryKey: ['rows', 'sessions of a day', projectId],
    queryFn: ({ signal }) =>
      ask('exploreRows', {
        body: { project: projectId, scope: 'sessions', from: Date.now() - dayMs, limit: 1 },
        signal,
      }),
  });
  if (!data) return null;
  const { total } = data;
  const kept = formatTotal({ count: Math.round(total.count * ratio), exact: total.exact });
  return <p className={styles.hint}>{settingsText.estimate(kept, formatTotal(total))}</p>;
}
