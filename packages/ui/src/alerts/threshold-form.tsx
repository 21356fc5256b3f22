import { useState } from 'react';
import { useProject } from '../api/project.tsx';
import { Field } from '../forms/field.tsx';
import { SaveBar } from '../forms/save-bar.tsx';
import { useSaveSettings } from '../forms/settings-queries.ts';
import { alertsText } from '../text/alerts.ts';
import styles from './alerts.module.css';
import { parseThreshold, toFields, toText, type ThresholdField } from './threshold-edit.ts';

const words: Readonly<Record<string, { label: string; hint: string }>> = {
  error_rate: { label: alertsText.errorRate, hint: alertsText.errorRateHint },
  latency_p95: { label: alertsText.latency, hint: alertsText.latencyHint },
};

export interface ThresholdFormProps {
  readonly thresholds: Readonly<Record<string, number>>;
}

/** Edits thresholds; an empty field takes one away. */
export function ThresholdForm({ thresholds }: ThresholdFormProps) {
  const { id } = useProject();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const saving = useSaveSettings(id);
  const fields = toFields(thresholds);
  const textOf = (field: ThresholdField) =>
    typed[field.name] ?? toText(field, thresholds[field.name]);
  const changed = fields.filter((field) => textOf(field) !== toText(field, thresholds[field.name]));
  const values = changed.map(
    (field) => [field.name, parseThreshold(field, textOf(field))] as const,
  );
  return (
    <>
      {fields.map((field) => (
        <Field
          key={field.name}
          label={words[field.name]?.label ?? field.name}
          hint={words[field.name]?.hint ?? ''}
          problem={problemOf(field, textOf(field))}
        >
          {(props) => (
            <input
              {...props}
              className={styles.number}
              inputMode="decimal"
              placeholder={alertsText.none}
              value={textOf(field)}
              onChange={(event) => setTyped({ ...typed, [field.name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <SaveBar
        isDirty={changed.length > 0}
        isValid={values.every(([, value]) => value !== undefined)}
        isSaving={saving.isPending}
        error={saving.error}
        onSave={() =>
          saving.mutate({
            alert_thresholds: Object.fromEntries(
              values.map(([name, value]) => [name, value ?? null]),
            ),
          })
        }
        onDiscard={() => setTyped({})}
      />
    </>
  );
}

function problemOf(field: ThresholdField, text: string): string | null {
  if (parseThreshold(field, text) !== undefined) return null;
  return field.isRatio ? alertsText.wrongRate : alertsText.wrongNumber;
}
