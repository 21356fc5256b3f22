import type { AlertStore } from './alert-store.ts';
import { toOwnAlert } from './own-alert.ts';
import { isUnsealed, sealDetails } from './sealed-details.ts';
import type { SecretBox } from '../store/secret-box.ts';

/** Encrypts the notification details of alerts that an earlier version, or an import, stored in clear. */
export async function sealStoredDetails(
  metadata: Pick<AlertStore, 'listAlerts' | 'rewriteAlert'>,
  box: SecretBox,
): Promise<void> {
  for (const row of await metadata.listAlerts(null)) {
    const { input, projectId, id: alertId } = toOwnAlert(row);
    const details = input.notification_details;
    if (details === undefined || !isUnsealed(details)) continue;
    const place = { projectId, alertId };
    const sealed = sealDetails(details, { box, place, before: details });
    await metadata.rewriteAlert(row, JSON.stringify({ ...input, notification_details: sealed }));
  }
}
