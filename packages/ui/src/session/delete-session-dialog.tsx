import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
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
    <ConfirmDialog
      title={sessionText.deleteSession}
      failed={sessionText.deleteFailed}
      action={deletion}
      onClose={onClose}
    >
      <p>{sessionText.deleteAsk}</p>
    </ConfirmDialog>
  );
}
