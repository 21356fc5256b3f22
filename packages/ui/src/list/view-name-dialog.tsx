import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { listText } from '../text/list.ts';
import styles from './view-name-dialog.module.css';

export interface ViewNameDialogProps {
  readonly title: string;
  readonly label: string;
  readonly onClose: () => void;
  readonly onSave: (name: string) => void;
}

/** Asks under which name a view is saved. */
export function ViewNameDialog({ title, label, onClose, onSave }: ViewNameDialogProps) {
  const [name, setName] = useState('');
  const isNamed = name.trim() !== '';
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{listText.cancel}</Button>
          <Button look="primary" type="submit" form="view-name" disabled={!isNamed}>
            {listText.save}
          </Button>
        </>
      }
    >
      <form
        id="view-name"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isNamed) return;
          onClose();
          onSave(name.trim());
        }}
      >
        <label className={styles.field}>
          {label}
          <input
            className={styles.input}
            value={name}
            maxLength={200}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
      </form>
    </Dialog>
  );
}
