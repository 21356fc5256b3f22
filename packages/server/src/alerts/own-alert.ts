import type { AlertIn } from 'honeyhive-wire';
import type { StoredAlert } from './alert-store.ts';
import {
  isStandingId,
  readStandingValue,
  standingIds,
  toStandingAlert,
} from './standing-alerts.ts';
import type { JsonObject } from '../domain/json-text.ts';

/** An alert of a project, whether it has a row or the settings make it. */
export interface OwnAlert {
  readonly id: string;
  readonly projectId: string;
  readonly input: AlertIn;
  readonly isStanding: boolean;
  /** null: the settings alone make it. */
  readonly row: { readonly createdAt: number; readonly updatedAt: number } | null;
}

/** Shapes were checked when it was stored. */
const parseContent = (content: string): AlertIn => JSON.parse(content) as AlertIn;

/** All alerts of a project: those with a row, and those that the settings make. */
export function toOwnAlerts(
  projectId: string,
  stored: readonly StoredAlert[],
  settings: JsonObject,
): OwnAlert[] {
  const standing = standingIds.flatMap((id): OwnAlert[] => {
    const value = readStandingValue(settings, id);
    if (value === null) return [];
    const row = stored.find((one) => one.id === id) ?? null;
    const input = toStandingAlert(id, value, row && parseContent(row.content));
    return [{ id, projectId, input, isStanding: true, row }];
  });
  return [...standing, ...stored.filter(({ id }) => !isStandingId(id)).map(toOwnAlert)];
}

/** An alert that is not a standing one. */
export function toOwnAlert(row: StoredAlert): OwnAlert {
  const { id, projectId, content } = row;
  return { id, projectId, input: parseContent(content), isStanding: false, row };
}

/** Whether notifications are left out at an instant. */
export const isMuted = ({ is_muted: isOn, muted_until: until }: AlertIn, now: number): boolean =>
  isOn === true || (typeof until === 'number' && until > now);
