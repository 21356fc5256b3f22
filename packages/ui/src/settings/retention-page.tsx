import { useQuery } from '@tanstack/react-query';
import type { RetentionEstimate } from 'honeyhive-wire';
import { useDeferredValue, useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { formatBytes } from '../format/bytes.ts';
import { formatNoun } from '../format/number.ts';
import { formatLocal } from '../format/time.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { useTimeZone } from '../state/time-zone.ts';
import { settingsText } from '../text/settings.ts';
import { ConfirmByName } from './confirm-by-name.tsx';
import { Field } from '../forms/field.tsx';
import { parseWhole } from '../forms/number-text.ts';
import { SaveBar } from '../forms/save-bar.tsx';
import styles from './settings.module.css';
import { settingsQuery, useSaveSettings } from '../forms/settings-queries.ts';

/** How long events are kept. */
export function RetentionPage() {
  const { id } = useProject();
  const { data, error, refetch } = useQuery(settingsQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} />;
  return <RetentionForm key={data.updated_at} days={data.retention_days} />;
}

const mostDays = 36_500;
const firstDays = '90';

function RetentionForm({ days }: { readonly days: number | null }) {
  const { id, name } = useProject();
  const stored = days === null ? '' : String(days);
  const [text, setText] = useState(stored);
  const [isAsking, setAsking] = useState(false);
  const chosen = parseWhole(text, { min: 1, max: mostDays });
  const estimate = useEstimate(id, chosen);
  const saving = useSaveSettings(id);
  const save = () => {
    setAsking(false);
    saving.mutate({ retention_days: chosen });
  };
  return (
    <>
      <DaysField text={text} onText={setText} />
      {estimate && <Effect estimate={estimate} />}
      <SaveBar
        isDirty={text !== stored}
        isValid={text === '' || chosen !== null}
        isSaving={saving.isPending}
        error={saving.error}
        onSave={estimate && estimate.sessions > 0 ? () => setAsking(true) : save}
        onDiscard={() => setText(stored)}
      />
      {isAsking && (
        <ConfirmByName
          title={settingsText.shorten}
          ask={settingsText.shortenAsk(name)}
          name={name}
          isBusy={saving.isPending}
          error={saving.error}
          onConfirm={save}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface DaysFieldProps {
  /** Empty: unlimited. */
  readonly text: string;
  readonly onText: (text: string) => void;
}

function DaysField({ text, onText }: DaysFieldProps) {
  const isForever = text === '';
  const isWrong = parseWhole(text, { min: 1, max: mostDays }) === null;
  return (
    <>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={isForever}
          onChange={(event) => onText(event.target.checked ? '' : firstDays)}
        />
        {settingsText.forever}
      </label>
      {!isForever && (
        <Field
          label={settingsText.days}
          hint={settingsText.daysHint}
          problem={isWrong ? settingsText.daysWrong : null}
        >
          {(props) => (
            <input
              {...props}
              className={styles.number}
              inputMode="numeric"
              value={text}
              // An empty field during editing does not mean unlimited yet.
              onChange={(event) => onText(event.target.value || ' ')}
            />
          )}
        </Field>
      )}
    </>
  );
}

function useEstimate(project: string, days: number | null): RetentionEstimate | null {
  const settled = useDeferredValue(days);
  const { data } = useQuery({
    queryKey: ['retention-estimate', project, settled],
    queryFn: ({ signal }) =>
      ask('exploreRetention', {
        body: { project, retention_days: settled ?? 1 },
        signal,
      }),
    enabled: settled !== null,
  });
  return days === null ? null : (data ?? null);
}

function Effect({ estimate }: { readonly estimate: RetentionEstimate }) {
  const [zone] = useTimeZone();
  const { sessions, before, bytes } = estimate;
  return (
    <p role="status" className={sessions > 0 ? styles.warning : styles.hint}>
      {sessions > 0
        ? settingsText.wouldGo(
            formatNoun(sessions, 'session'),
            formatLocal(before, zone, 'minutes'),
            formatBytes(bytes),
          )
        : settingsText.wouldKeep}
    </p>
  );
}
