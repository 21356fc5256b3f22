import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Alert, AlertPatch } from 'honeyhive-wire';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Menu } from '../kit/menu.tsx';
import type { MenuItem } from '../kit/menu-item.ts';
import { InlineError } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { goTo } from '../state/use-place.ts';
import { alertsText } from '../text/alerts.ts';
import { alertQuery } from '../alerting/alert-queries.ts';

const hourMs = 3_600_000;

/** A change of an alert, and what takes it back. */
interface Action {
  readonly label: string;
  readonly change: AlertPatch;
  readonly done: string;
  readonly undo: AlertPatch;
}

const unmuted: AlertPatch = { is_muted: false, muted_until: null };

/** What can be done with an alert in its state. */
function toActions(alert: Alert): Action[] {
  const isPaused = alert.status === 'PAUSED';
  const muted = { muted_until: new Date(Date.now() + hourMs).toISOString() };
  return [
    isPaused
      ? {
          label: alertsText.resume,
          change: { status: 'ACTIVE' },
          done: alertsText.resumed,
          undo: { status: 'PAUSED' },
        }
      : {
          label: alertsText.pause,
          change: { status: 'PAUSED' },
          done: alertsText.paused,
          undo: { status: 'ACTIVE' },
        },
    alert.is_muted
      ? { label: alertsText.unmute, change: unmuted, done: alertsText.unmuted, undo: muted }
      : { label: alertsText.mute, change: muted, done: alertsText.mutedNow, undo: unmuted },
  ];
}

/** Pause, mute, resolve and delete, in a menu. */
export function AlertActions({ alert }: { readonly alert: Alert }) {
  const [isAsking, setAsking] = useState(false);
  const { error, mutate } = useChange(alert.id);
  const items: MenuItem[] = [
    ...toActions(alert).map(({ label, change, done, undo }) => ({
      label,
      onSelect: () => mutate({ change, done, undo }),
    })),
    {
      label: alertsText.resolve,
      isDisabled: alert.status !== 'TRIGGERED',
      onSelect: () =>
        mutate({ change: { status: 'RESOLVED' }, done: alertsText.resolvedNow, undo: null }),
    },
    { kind: 'separator' },
    { label: alertsText.remove, look: 'danger', onSelect: () => setAsking(true) },
  ];
  return (
    <>
      <Menu
        label={alertsText.actions}
        align="end"
        trigger={(props) => (
          <IconButton {...props} label={alertsText.actions} icon={<Ellipsis />} />
        )}
        items={items}
      />
      {error && <InlineError title={alertsText.actionFailed} error={error} />}
      {isAsking && <RemoveDialog alert={alert} onClose={() => setAsking(false)} />}
    </>
  );
}

interface Change {
  readonly change: AlertPatch;
  readonly done: string;
  /** null: it cannot be taken back. */
  readonly undo: AlertPatch | null;
}

function useChange(id: string) {
  const project = useProject();
  const queries = useQueryClient();
  const { queryKey } = alertQuery(project.id, id);
  const send = async (body: AlertPatch) => {
    const answer = await ask('updateAlert', {
      params: { project_id: project.id, alert_id: id },
      body,
    });
    queries.setQueryData(queryKey, answer);
  };
  return useMutation({
    mutationFn: ({ change }: Change) => send(change),
    onSuccess: (_answer, { done, undo }) =>
      showToast({
        text: done,
        ...(undo && { action: { label: alertsText.undo, run: () => void send(undo) } }),
      }),
  });
}

interface RemoveDialogProps {
  readonly alert: Alert;
  readonly onClose: () => void;
}

function RemoveDialog({ alert, onClose }: RemoveDialogProps) {
  const project = useProject();
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: () =>
      ask('deleteAlert', { params: { project_id: project.id, alert_id: alert.id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['alerts', project.id] });
      showToast({ text: alertsText.removed });
      goTo({ screen: 'alerts', project: project.name });
    },
  });
  return (
    <ConfirmDialog
      title={alertsText.remove}
      failed={alertsText.actionFailed}
      action={removing}
      onClose={onClose}
    >
      <p>{alertsText.removeAsk(alert.name)}</p>
    </ConfirmDialog>
  );
}
