import { useQuery } from '@tanstack/react-query';
import type { ProjectSettings, RetentionEstimate } from 'honeyhive-wire';
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
  return <RetentionForm key={data.updated_at} settings={data} />;
}

const mostDays = 36_500;

type Days = Pick<ProjectSettings, 'retention_days' | 'payload_retention_days'>;

const toText = (days: number | null): string => (days === null ? '' : String(days));
const parseDays = (text: string): number | null => parseWhole(text, { min: 1, max: mostDays });
const isRight = (text: string): boolean => text === '' || parseDays(text) !== null;

function RetentionForm({ settings }: { readonly settings: Days }) {
  const { id, name } = useProject();
  const stored = {
    days: toText(settings.retention_days),
    payloads: toText(settings.payload_retention_days),
  };
  const [texts, setTexts] = useState(stored);
  const [isAsking, setAsking] = useState(false);
  const isValid = isRight(texts.days) && isRight(texts.payloads);
  const chosen: Days = {
    retention_days: parseDays(texts.days),
    payload_retention_days: parseDays(texts.payloads),
  };
  const estimate = useEstimate(id, isValid ? chosen : null);
  const saving = useSaveSettings(id);
  const save = () => {
    setAsking(false);
    saving.mutate(chosen);
  };
  return (
    <>
      <DaysField
        words={eventWords}
        text={texts.days}
        onText={(days) => setTexts({ ...texts, days })}
      />
      {estimate && <Effect words={eventWords} {...toSessions(estimate)} />}
      <DaysField
        words={payloadWords}
        text={texts.payloads}
        onText={(payloads) => setTexts({ ...texts, payloads })}
      />
      {estimate && <Effect words={payloadWords} {...toEmptied(estimate)} />}
      <SaveBar
        isDirty={texts.days !== stored.days || texts.payloads !== stored.payloads}
        isValid={isValid}
        isSaving={saving.isPending}
        error={saving.error}
        onSave={estimate && deletes(estimate) ? () => setAsking(true) : save}
        onDiscard={() => setTexts(stored)}
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

interface Words {
  /** What no limit is called. */
  readonly unlimited: string;
  readonly days: string;
  readonly hint: string;
  /** Days when a limit is set. */
  readonly first: string;
  readonly would: (what: string, before: string, bytes: string) => string;
  readonly wouldNot: string;
}

const eventWords: Words = {
  unlimited: settingsText.forever,
  days: settingsText.days,
  hint: settingsText.daysHint,
  first: '90',
  would: settingsText.wouldGo,
  wouldNot: settingsText.wouldKeep,
};

const payloadWords: Words = {
  unlimited: settingsText.withEvents,
  days: settingsText.payloadDays,
  hint: settingsText.payloadDaysHint,
  first: '30',
  would: settingsText.wouldEmpty,
  wouldNot: settingsText.wouldKeepPayloads,
};

interface DaysFieldProps {
  readonly words: Words;
  /** Empty: unlimited. */
  readonly text: string;
  readonly onText: (text: string) => void;
}

function DaysField({ words, text, onText }: DaysFieldProps) {
  const isForever = text === '';
  return (
    <>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={isForever}
          onChange={(event) => onText(event.target.checked ? '' : words.first)}
        />
        {words.unlimited}
      </label>
      {!isForever && (
        <Field
          label={words.days}
          hint={words.hint}
          problem={isRight(text) ? null : settingsText.daysWrong}
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

/** @param days null: they are not valid yet */
function useEstimate(project: string, days: Days | null): RetentionEstimate | null {
  const body = {
    project,
    retention_days: useDeferredValue(days?.retention_days ?? null),
    payload_retention_days: useDeferredValue(days?.payload_retention_days ?? null),
  };
  const { data } = useQuery({
    queryKey: ['retention-estimate', body],
    queryFn: ({ signal }) => ask('exploreRetention', { body, signal }),
    enabled: days !== null,
  });
  return days === null ? null : (data ?? null);
}

const deletes = ({ sessions, payloads }: RetentionEstimate): boolean =>
  sessions > 0 || payloads.events > 0;

interface EffectProps {
  /** null: no limit. */
  readonly before: number | null;
  readonly count: number;
  readonly noun: string;
  readonly bytes: number;
}

const toSessions = ({ before, sessions, bytes }: RetentionEstimate): EffectProps => ({
  before,
  count: sessions,
  noun: 'session',
  bytes,
});

const toEmptied = ({ payloads: { before, events, bytes } }: RetentionEstimate): EffectProps => ({
  before,
  count: events,
  noun: 'event',
  bytes,
});

function Effect({ words, before, count, noun, bytes }: EffectProps & { readonly words: Words }) {
  const [zone] = useTimeZone();
  if (before === null) return null;
  return (
    <p role="status" className={count > 0 ? styles.warning : styles.hint}>
      {count > 0
        ? words.would(
            formatNoun(count, noun),
            formatLocal(before, zone, 'minutes'),
            formatBytes(bytes),
          )
        : words.wouldNot}
    </p>
  );
}
