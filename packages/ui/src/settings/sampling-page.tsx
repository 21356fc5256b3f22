import { useQuery } from '@tanstack/react-query';
import type { ProjectSettings, SettingsIn } from 'honeyhive-wire';
import { useState } from 'react';
import { useProject } from '../api/project.tsx';
import { Field } from '../forms/field.tsx';
import { parseNumber, toPercent, toRatio } from '../forms/number-text.ts';
import { SaveBar } from '../forms/save-bar.tsx';
import { settingsQuery, useSaveSettings } from '../forms/settings-queries.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { settingsText } from '../text/settings.ts';
import { formatRates, parseRates } from './rate-lines.ts';
import { SamplingEstimate } from './sampling-estimate.tsx';
import styles from './settings.module.css';

/** Which share of sessions the service keeps, and which sessions whatever the share. */
export function SamplingPage() {
  const { id } = useProject();
  const { data, error, refetch } = useQuery(settingsQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} />;
  return <SamplingForm projectId={id} settings={data} />;
}

const types = ['model', 'tool', 'chain'] as const;

/** What is typed. */
interface Draft {
  readonly rate: string;
  readonly sources: string;
  /** Empty: as many as the session. */
  readonly types: Readonly<Record<(typeof types)[number], string>>;
  readonly keepsErrors: boolean;
  readonly keepsFeedback: boolean;
}

function toDraft(settings: ProjectSettings): Draft {
  const typeText = (name: string): string => {
    const rate = settings.sampling_by_event_type[name];
    return rate === undefined ? '' : toPercent(rate);
  };
  return {
    rate: toPercent(settings.sampling_rate),
    sources: formatRates(settings.sampling_by_source),
    types: { model: typeText('model'), tool: typeText('tool'), chain: typeText('chain') },
    keepsErrors: settings.keep_errors,
    keepsFeedback: settings.keep_feedback,
  };
}

const parsePercent = (text: string): number | null => parseNumber(text, { max: 100 });

/** The settings that were typed; null while something is wrong. */
function parseDraft(draft: Draft): (SettingsIn & { sampling_rate: number }) | null {
  const rate = parsePercent(draft.rate);
  const bySource = parseRates(draft.sources);
  const byType = types.flatMap((type) => {
    const text = draft.types[type].trim();
    return text === '' ? [] : [[type, parsePercent(text)] as const];
  });
  if (rate === null || bySource === null || byType.some(([, percent]) => percent === null))
    return null;
  return {
    sampling_rate: toRatio(rate),
    sampling_by_source: bySource,
    sampling_by_event_type: Object.fromEntries(
      byType.map(([type, percent]) => [type, toRatio(percent ?? 100)]),
    ),
    keep_errors: draft.keepsErrors,
    keep_feedback: draft.keepsFeedback,
  };
}

interface SamplingFormProps {
  readonly projectId: string;
  readonly settings: ProjectSettings;
}

function SamplingForm({ projectId, settings }: SamplingFormProps) {
  const stored = toDraft(settings);
  const [changed, setChanged] = useState<Partial<Draft>>({});
  const draft = { ...stored, ...changed };
  const change = (part: Partial<Draft>) => setChanged({ ...changed, ...part });
  const parsed = parseDraft(draft);
  const saving = useSaveSettings(projectId);
  const save = () => parsed && saving.mutate(parsed, { onSuccess: () => setChanged({}) });
  return (
    <>
      <RateField text={draft.rate} onText={(rate) => change({ rate })} />
      <SourcesField text={draft.sources} onText={(sources) => change({ sources })} />
      <TypeFields texts={draft.types} onTexts={(texts) => change({ types: texts })} />
      <Exceptions draft={draft} onChange={change} />
      {parsed && <SamplingEstimate projectId={projectId} settings={parsed} />}
      <SaveBar
        isDirty={JSON.stringify(draft) !== JSON.stringify(stored)}
        isValid={parsed !== null}
        isSaving={saving.isPending}
        error={saving.error}
        onSave={save}
        onDiscard={() => setChanged({})}
      />
    </>
  );
}

interface TextProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

function RateField({ text, onText }: TextProps) {
  const percent = parsePercent(text);
  return (
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
            onChange={(event) => onText(event.target.value)}
          />
          <input
            {...props}
            className={styles.number}
            inputMode="decimal"
            value={text}
            onChange={(event) => onText(event.target.value)}
          />
        </div>
      )}
    </Field>
  );
}

function SourcesField({ text, onText }: TextProps) {
  return (
    <Field
      label={settingsText.rateBySource}
      hint={settingsText.rateBySourceHint}
      problem={parseRates(text) === null ? settingsText.rateBySourceWrong : null}
    >
      {(props) => (
        <textarea
          {...props}
          className={styles.text}
          rows={3}
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}

interface TypeFieldsProps {
  readonly texts: Draft['types'];
  readonly onTexts: (texts: Draft['types']) => void;
}

function TypeFields({ texts, onTexts }: TypeFieldsProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{settingsText.rateByType}</legend>
      <p className={styles.hint}>{settingsText.rateByTypeHint}</p>
      <div className={styles.sliderRow}>
        {types.map((type) => {
          const isWrong = texts[type].trim() !== '' && parsePercent(texts[type]) === null;
          return (
            <Field
              key={type}
              label={settingsText.rateTypes[type]}
              problem={isWrong ? settingsText.rateWrong : null}
            >
              {(props) => (
                <input
                  {...props}
                  className={styles.number}
                  inputMode="decimal"
                  value={texts[type]}
                  onChange={(event) => onTexts({ ...texts, [type]: event.target.value })}
                />
              )}
            </Field>
          );
        })}
      </div>
    </fieldset>
  );
}

interface ExceptionsProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

function Exceptions({ draft, onChange }: ExceptionsProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{settingsText.exceptions}</legend>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.keepsErrors}
          onChange={(event) => onChange({ keepsErrors: event.target.checked })}
        />
        {settingsText.keepErrors}
      </label>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.keepsFeedback}
          onChange={(event) => onChange({ keepsFeedback: event.target.checked })}
        />
        {settingsText.keepFeedback}
      </label>
      <p className={styles.hint}>{settingsText.exceptionsHint}</p>
    </fieldset>
  );
}
