import type { ReactNode } from 'react';
import { kitText } from '../text/kit.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { InlineError } from './states.tsx';

/** What is done once it is confirmed: a mutation without input. */
export interface Confirmed {
  readonly isPending: boolean;
  readonly error: Error | null;
  mutate(): void;
}

export interface ConfirmDialogProps {
  readonly title: string;
  /** What the button says. @default the title */
  readonly confirm?: string;
  /** Title of the error. */
  readonly failed: string;
  readonly action: Confirmed;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Asks before something that deletes or revokes; says so when it could not be done. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, confirm = title, failed, action, children, onClose } = props;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{kitText.cancel}</Button>
          <Button look="danger" isBusy={action.isPending} onClick={() => action.mutate()}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {action.error && <InlineError title={failed} error={action.error} />}
    </Dialog>
  );
}
