import { limits } from 'honeyhive-facts';
import { Button } from '../kit/button.tsx';
import type { FieldCatalogue } from '../query/field-catalogue.ts';
import { alertsText } from '../text/alerts.ts';
import type { AlertDraft, DraftProblems } from './alert-draft.ts';
import styles from './alerts.module.css';
import { ChoiceEntry, TextEntry } from './entries.tsx';
import { emptyCondition, unitOfMeasureDraft } from './measure-draft.ts';
import type { ConditionDraft } from './measure-draft.ts';
import { MeasureEntry } from './measure-fields.tsx';

export interface ConditionFieldsProps {
  readonly draft: AlertDraft;
  readonly problems: DraftProblems;
  readonly catalogue: FieldCatalogue;
  readonly onChange: (draft: AlertDraft) => void;
}

const matches = ['all', 'any'] as const;
const operators = ['greater_than', 'less_than', 'equal_to'] as const;

/** Further conditions on the same events. */
export function ConditionFields({ draft, problems, catalogue, onChange }: ConditionFieldsProps) {
  const { conditions, match } = draft;
  const set = (changed: readonly ConditionDraft[]) => onChange({ ...draft, conditions: changed });
  return (
    <fieldset className={styles.group}>
      <legend>{alertsText.conditions}</legend>
      {conditions.length > 0 && (
        <ChoiceEntry
          label={alertsText.match}
          value={match}
          words={matches}
          labels={alertsText.matches}
          onChange={(chosen) => onChange({ ...draft, match: chosen })}
        />
      )}
      {conditions.map((condition, index) => (
        <fieldset key={index} className={styles.entry}>
          <legend>{alertsText.conditionName(index + 1)}</legend>
          <MeasureEntry
            measure={condition}
            catalogue={catalogue}
            problem={problems[`share ${index}`]}
            onChange={(change) => set(conditions.with(index, { ...condition, ...change }))}
          />
          <div className={styles.row}>
            <ChoiceEntry
              label={alertsText.operator}
              value={condition.operator}
              words={operators}
              labels={alertsText.operators}
              onChange={(operator) => set(conditions.with(index, { ...condition, operator }))}
            />
            <TextEntry
              label={alertsText.value}
              hint={alertsText.units[unitOfMeasureDraft(draft.type, condition)]}
              problem={problems[`condition ${index}`]}
              value={condition.value}
              isNumber
              onChange={(value) => set(conditions.with(index, { ...condition, value }))}
            />
          </div>
          <Button look="quiet" onClick={() => set(conditions.toSpliced(index, 1))}>
            {alertsText.removeCondition(index + 1)}
          </Button>
        </fieldset>
      ))}
      {conditions.length < limits.alertConditions && (
        <Button onClick={() => set([...conditions, emptyCondition])}>
          {alertsText.addCondition}
        </Button>
      )}
    </fieldset>
  );
}
