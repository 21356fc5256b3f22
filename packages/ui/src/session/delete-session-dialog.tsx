import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { InlineError } from '../kit/states.tsx';
import { sessionText } from '../text/session.ts';
import type { SessionName } from '../trace/session-queries.ts';

export interface DeleteSessionDialogProps {
  readonly name: SessionName;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks before a session is deleted; says so when it could not be. */
export function DeleteSessionDialog({ name, onClose, onDeleted }: DeleteSessionDialogProps) {
  const queries = useQueryClient();
  const deletion = useMutation({
    mutationFn: () =>
      ask('deleteSession', {
        params: { session_id: name.id },
        query: { project: name.project },
      }),
    onSuccess: async () => {
      onDeleted();
      await queries.invalidateQueries({ queryKey: ['rows'] });
    },
  });
  return (
    <Dialog
      title={sessionText.deleteSession}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{sessionText.cancel}</Button>
          <Button look="danger" isBusy={deletion.isPending} onClick={() => deletion.mutate()}>
            {sessionText.deleteSession}
          </Button>
        </>
      }
    >
      <p>{sessionText.deleteAsk}</p>
      {deletion.error && <InlineError title={sessionText.deleteFailed} error={deletion.error} />}
    </Dialog>
  );
}
