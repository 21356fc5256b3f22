import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { InlineError } from '../kit/states.tsx';
import { settingsText } from '../text/settings.ts';
import { Field } from '../forms/field.tsx';
import styles from './settings.module.css';

export interface ConfirmByNameProps {
  readonly title: string;
  readonly ask: string;
  /** What has to be typed. */
  readonly name: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for a name before something that cannot be undone. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const { title, ask, name, isBusy, error, onConfirm, onClose } = props;
  const [typed, setTyped] = useState('');
  const isRight = typed === name;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{settingsText.cancel}</Button>
          <Button look="danger" isBusy={isBusy} disabled={!isRight} onClick={onConfirm}>
            {title}
          </Button>
        </>
      }
    >
      <Field label={ask}>
        {(field) => (
          <input
            {...field}
            className={styles.text}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {error && <InlineError error={error} />}
    </Dialog>
  );
}
