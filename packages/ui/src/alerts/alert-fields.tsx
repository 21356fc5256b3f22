import type { ReactNode } from 'react';
import { Field } from '../forms/field.tsx';
import type { FieldProps } from '../forms/field.tsx';
import { Select } from '../kit/select.tsx';
import { TextInput } from '../kit/text-input.tsx';
import type { FieldCatalogue } from '../query/field-catalogue.ts';
import { alertsText } from '../text/alerts.ts';
import { aggregations, unitOfDraft } from './alert-draft.ts';
import type { AlertDraft, DraftProblems } from './alert-draft.ts';
import styles from './alerts.module.css';
import { DestinationChoices } from './destination-choices.tsx';

export interface AlertFieldsProps {
  readonly draft: AlertDraft;
  readonly problems: DraftProblems;
  readonly catalogue: FieldCatalogue;
  /** The field for which events are watched. */
  readonly scope: ReactNode;
  readonly onChange: (draft: AlertDraft) => void;
}

const types = ['AGGREGATE', 'DRIFT', 'PER_EVENT', 'LOOP'] as const;
const operators = ['greater_than', 'less_than', 'equal_to'] as const;
const missings = ['', 'keep', 'zero', 'alert'] as const;
const metrics = [
  'duration',
  'total_tokens',
  'prompt_tokens',
  'completion_tokens',
  'cost_usd',
  'error',
];
const groups = [
  'event_type',
  'event_name',
  'model',
  'source',
  'user',
  'session_id',
  'api_key_id',
  'metadata.agent_name',
];

/** The fields of the form of an alert. */
export function AlertFields({ scope, ...form }: AlertFieldsProps) {
  const { draft } = form;
  return (
    <>
      <TextField {...form} name="name" label={alertsText.name} />
      <ChoiceField
        {...form}
        name="type"
        label={alertsText.type}
        words={types}
        labels={alertsText.types}
      />
      <div className={styles.scope}>
        <span className={styles.label}>{alertsText.scope}</span>
        {scope}
      </div>
      {draft.type === 'LOOP' ? <LoopFields {...form} /> : <MeasureFields {...form} />}
      <div className={styles.row}>
        <TextField
          {...form}
          name="minimum"
          label={alertsText.minimum}
          hint={alertsText.minimumHint}
          isNumber
        />
        <TextField
          {...form}
          name="renotify"
          label={alertsText.renotify}
          hint={alertsText.optional}
          isNumber
        />
      </div>
      <TextField {...form} name="description" label={alertsText.description} />
      <DestinationChoices
        chosen={draft.destinations}
        onChange={(destinations) => form.onChange({ ...draft, destinations })}
      />
    </>
  );
}

type FormProps = Omit<AlertFieldsProps, 'scope'>;

function MeasureFields(form: FormProps) {
  const { draft, catalogue, onChange } = form;
  const fields = catalogue.fields ?? [];
  const numbers = fields.filter(({ types: of }) => of.includes('number')).map(({ path }) => path);
  const isSingle = draft.type === 'PER_EVENT';
  return (
    <>
      <div className={styles.row}>
        {!isSingle && (
          <ChoiceField
            {...form}
            name="aggregation"
            label={alertsText.aggregation}
            words={aggregations}
            labels={alertsText.aggregations}
          />
        )}
        <PathField
          label={alertsText.metric}
          value={draft.metric}
          words={[...(draft.aggregation === 'COUNT' ? [''] : []), ...metrics, ...numbers]}
          empty={alertsText.allEvents}
          onChange={(metric) => onChange({ ...draft, metric })}
        />
      </div>
      {!isSingle && (
        <div className={styles.row}>
          <TextField
            {...form}
            name="window"
            label={alertsText.window}
            hint={alertsText.windowHint}
          />
          <PathField
            label={alertsText.groupBy}
            value={draft.groupBy}
            words={['', ...groups, ...fields.map(({ path }) => path)]}
            empty={alertsText.noGroup}
            onChange={(groupBy) => onChange({ ...draft, groupBy })}
          />
        </div>
      )}
      <ThresholdFields {...form} />
      {!isSingle && (
        <ChoiceField
          {...form}
          name="missing"
          label={alertsText.missing}
          words={missings}
          labels={alertsText.missings}
        />
      )}
    </>
  );
}

function ThresholdFields(form: FormProps) {
  const unit = alertsText.units[unitOfDraft(form.draft)];
  return (
    <>
      <div className={styles.row}>
        <ChoiceField
          {...form}
          name="operator"
          label={alertsText.operator}
          words={operators}
          labels={alertsText.operators}
        />
        <TextField {...form} name="critical" label={alertsText.critical} hint={unit} isNumber />
      </div>
      <div className={styles.row}>
        <TextField
          {...form}
          name="warning"
          label={alertsText.warning}
          hint={alertsText.optional}
          isNumber
        />
        <TextField
          {...form}
          name="resolved"
          label={alertsText.resolved}
          hint={alertsText.resolvedHint}
          isNumber
        />
      </div>
    </>
  );
}

const LoopFields = (form: FormProps) => (
  <>
    <div className={styles.row}>
      <TextField {...form} name="repeats" label={alertsText.loopRepeats} isNumber />
      <TextField {...form} name="steps" label={alertsText.loopSteps} isNumber />
    </div>
    <div className={styles.row}>
      <TextField {...form} name="minutes" label={alertsText.loopMinutes} isNumber />
      <TextField {...form} name="costUsd" label={alertsText.loopCost} isNumber />
    </div>
  </>
);

type TextName =
  | 'name'
  | 'description'
  | 'window'
  | 'critical'
  | 'warning'
  | 'resolved'
  | 'minimum'
  | 'renotify'
  | 'repeats'
  | 'steps'
  | 'minutes'
  | 'costUsd';

interface TextFieldProps extends FormProps {
  readonly name: TextName;
  readonly label: string;
  readonly hint?: string;
  readonly isNumber?: boolean;
}

function TextField({
  name,
  label,
  hint,
  isNumber = false,
  draft,
  problems,
  onChange,
}: TextFieldProps) {
  return (
    <Field label={label} problem={problems[name] ?? null} {...(hint && { hint })}>
      {(props) => (
        <TextInput
          {...props}
          className={styles.input}
          {...(isNumber && { inputMode: 'decimal' as const })}
          value={draft[name]}
          maxLength={name === 'description' ? 2_000 : 200}
          onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

type ChoiceName = 'type' | 'aggregation' | 'operator' | 'missing';

interface ChoiceFieldProps<Name extends ChoiceName> extends FormProps {
  readonly name: Name;
  readonly label: string;
  readonly words: readonly AlertDraft[Name][];
  readonly labels: Readonly<Record<AlertDraft[Name], string>>;
}

function ChoiceField<Name extends ChoiceName>({
  name,
  label,
  words,
  labels,
  draft,
  onChange,
}: ChoiceFieldProps<Name>) {
  return (
    <Field label={label}>
      {(props: FieldProps) => (
        <Select
          {...props}
          className={styles.input}
          value={draft[name]}
          onChange={(event) => {
            const word = words.find((one) => one === event.target.value);
            if (word !== undefined) onChange({ ...draft, [name]: word });
          }}
        >
          {words.map((word) => (
            <option key={word} value={word}>
              {labels[word]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

interface PathFieldProps {
  readonly label: string;
  readonly value: string;
  readonly words: readonly string[];
  /** What no path is called. */
  readonly empty: string;
  readonly onChange: (value: string) => void;
}

function PathField({ label, value, words, empty, onChange }: PathFieldProps) {
  return (
    <Field label={label}>
      {(props) => (
        <Select
          {...props}
          className={styles.input}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {[...new Set([value, ...words])].map((word) => (
            <option key={word} value={word}>
              {word === '' ? empty : word}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
