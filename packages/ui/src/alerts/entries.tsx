import { Field } from '../forms/field.tsx';
import type { FieldProps } from '../forms/field.tsx';
import { Select } from '../kit/select.tsx';
import { TextInput } from '../kit/text-input.tsx';
import styles from './alerts.module.css';

interface EntryOptions {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | null | undefined;
}

interface TextEntryProps extends EntryOptions {
  readonly value: string;
  readonly isNumber?: boolean;
  readonly maxLength?: number;
  readonly onChange: (value: string) => void;
}

export function TextEntry({
  label,
  hint,
  problem = null,
  value,
  isNumber = false,
  maxLength = 200,
  onChange,
}: TextEntryProps) {
  return (
    <Field label={label} problem={problem} {...(hint && { hint })}>
      {(props) => (
        <TextInput
          {...props}
          className={styles.input}
          {...(isNumber && { inputMode: 'decimal' as const })}
          value={value}
          maxLength={maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface ChoiceEntryProps<Word extends string> extends EntryOptions {
  readonly value: Word;
  readonly words: readonly Word[];
  readonly labels: Readonly<Record<Word, string>>;
  readonly onChange: (value: Word) => void;
}

export function ChoiceEntry<Word extends string>({
  label,
  value,
  words,
  labels,
  onChange,
}: ChoiceEntryProps<Word>) {
  return (
    <Field label={label}>
      {(props: FieldProps) => (
        <Select
          {...props}
          className={styles.input}
          value={value}
          onChange={(event) => {
            const word = words.find((one) => one === event.target.value);
            if (word !== undefined) onChange(word);
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

interface PathEntryProps {
  readonly label: string;
  readonly value: string;
  readonly words: readonly string[];
  /** What no path is called. */
  readonly empty: string;
  readonly onChange: (value: string) => void;
}

export function PathEntry({ label, value, words, empty, onChange }: PathEntryProps) {
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
