import type { ReactNode } from 'react';
import type { FieldCatalogue } from '../query/field-catalogue.ts';
import { alertsText } from '../text/alerts.ts';
import { hasConditions, unitOfDraft } from './alert-draft.ts';
import type { AlertDraft, DraftProblems } from './alert-draft.ts';
import styles from './alerts.module.css';
import { ChannelFields } from './channel-fields.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { DestinationChoices } from './destination-choices.tsx';
import { ChoiceEntry, PathEntry, TextEntry } from './entries.tsx';
import { MeasureEntry, withoutShare } from './measure-fields.tsx';

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
      <ChannelFields {...form} />
    </>
  );
}

type FormProps = Omit<AlertFieldsProps, 'scope'>;

function MeasureFields(form: FormProps) {
  const { draft, problems, catalogue, onChange } = form;
  const isSingle = draft.type === 'PER_EVENT';
  return (
    <>
      <MeasureEntry
        measure={draft}
        catalogue={catalogue}
        isSingle={isSingle}
        problem={problems.share}
        onChange={(change) => onChange({ ...draft, ...change })}
      />
      {!isSingle && (
        <div className={styles.row}>
          <TextField
            {...form}
            name="window"
            label={alertsText.window}
            hint={alertsText.windowHint}
          />
          <PathEntry
            label={alertsText.groupBy}
            value={draft.groupBy}
            words={['', ...groups, ...(catalogue.fields ?? []).map(({ path }) => path)]}
            empty={alertsText.noGroup}
            onChange={(groupBy) => onChange({ ...draft, groupBy })}
          />
        </div>
      )}
      <ThresholdFields {...form} />
      {!isSingle && <ConditionFields {...form} />}
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

const TextField = ({ name, draft, problems, onChange, ...entry }: TextFieldProps) => (
  <TextEntry
    {...entry}
    problem={problems[name]}
    value={draft[name]}
    maxLength={name === 'description' ? 2_000 : 200}
    onChange={(value) => onChange({ ...draft, [name]: value })}
  />
);

type ChoiceName = 'type' | 'operator' | 'missing';

interface ChoiceFieldProps<Name extends ChoiceName> extends FormProps {
  readonly name: Name;
  readonly label: string;
  readonly words: readonly AlertDraft[Name][];
  readonly labels: Readonly<Record<AlertDraft[Name], string>>;
}

const ChoiceField = <Name extends ChoiceName>({
  name,
  draft,
  onChange,
  ...entry
}: ChoiceFieldProps<Name>) => (
  <ChoiceEntry
    {...entry}
    value={draft[name]}
    onChange={(value) => onChange(toKind({ ...draft, [name]: value }))}
  />
);

/** A draft without a share where its kind has none. */
const toKind = (draft: AlertDraft): AlertDraft =>
  hasConditions(draft) ? draft : { ...draft, ...withoutShare(draft) };
