import type { AlertNotification, NotificationPayload } from '../alerts/notifications.ts';
import type { AlertMessage } from '../domain/alert-message.ts';

const types = {
  triggered: 'alert.triggered',
  warning: 'alert.warning',
  resolved: 'alert.resolved',
  no_data: 'alert.no_data',
  renotify: 'alert.reminder',
} as const satisfies Record<AlertNotification['edge'], AlertMessage['type']>;

const toIso = (at: number): string => new Date(at).toISOString();

export interface MessageContext {
  /** Name of the project; null: it was deleted. */
  readonly project: string | null;
  /** Where browsers find the web UI, without a slash at the end; null: not known. */
  readonly uiUrl: string | null;
}

/** What is sent about a notification: the alert without where it is sent, which is not for the other receivers. */
export function toMessage(
  notification: AlertNotification,
  { alert, group, status, reason }: NotificationPayload,
  { project, uiUrl }: MessageContext,
): AlertMessage {
  const { notification_details: _details, destination_ids: _ids, ...shown } = alert;
  const { projectId, alertId, at, value, threshold } = notification;
  const path = `/p/${encodeURIComponent(project ?? projectId)}/alerts/${encodeURIComponent(alertId)}`;
  return {
    type: types[notification.edge],
    timestamp: toIso(at),
    data: {
      project_id: projectId,
      project,
      alert: shown,
      alert_id: alertId,
      group,
      status,
      reason,
      value,
      threshold,
      window_start: toIso(notification.windowStart),
      window_end: toIso(notification.windowEnd),
      url: uiUrl === null ? null : uiUrl + path,
    },
  };
}
