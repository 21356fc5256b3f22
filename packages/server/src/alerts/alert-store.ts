import {
  choice,
  describeRecord,
  flag,
  integer,
  nullable,
  objectText,
  plain,
  real,
  text,
} from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';
import type { AlertNotification } from './notifications.ts';

/** What a project wants to be alerted of. */
export const alertRecord = describeRecord({
  /** Unique in its project. */
  id: text,
  project_id: plain,
  /** JSON text of an `AlertIn`. */
  content: objectText,
  created_at: integer,
  updated_at: integer,
});

export type StoredAlert = RecordOf<typeof alertRecord>;

/** The last evaluation of an alert. */
export const runRecord = describeRecord({
  project_id: plain,
  alert_id: text,
  /** End of the last minute that was evaluated, epoch milliseconds. */
  minute: integer,
  /** JSON text of an `AlertResult`. */
  result: objectText,
  last_triggered_at: nullable(integer),
  /** When an alarm last began, changed or ended, epoch milliseconds. */
  last_changed_at: nullable(integer),
});

export type AlertRun = RecordOf<typeof runRecord>;

export const groupStatuses = ['ok', 'warning', 'critical', 'no_data'] as const;

/** Where a group of an alert stands. Groups that are fine and were never notified about have no row. */
export const stateRecord = describeRecord({
  project_id: plain,
  alert_id: text,
  /** {@link toGroupKey} */
  group_key: plain,
  status: choice(groupStatuses),
  since: integer,
  /** As of the last change of status. */
  value: nullable(real),
  /** What was last notified. */
  notified_as: choice(groupStatuses),
  notified_at: integer,
  /** Resolved by hand: no alarm before its reason has gone. */
  is_held: flag,
});

export type StoredState = RecordOf<typeof stateRecord>;

/** Changes of status. */
export const edges = ['triggered', 'warning', 'resolved', 'no_data'] as const;

const edgeFields = {
  project_id: plain,
  alert_id: text,
  group_key: plain,
  edge: choice(edges),
  /** End of the evaluated minute, epoch milliseconds. */
  at: integer,
  value: nullable(real),
  threshold: nullable(real),
  window_start: integer,
  window_end: integer,
};

export const newEdgeRecord = describeRecord(edgeFields);
export const edgeRecord = describeRecord({ sequence: integer, ...edgeFields });

export type NewEdge = RecordOf<typeof newEdgeRecord>;
export type StoredEdge = RecordOf<typeof edgeRecord>;

/** A group as it is stored: the JSON text of its value, which keeps null and any text apart; '' without grouping. */
export const toGroupKey = (group: string | null, isGrouped: boolean): string =>
  isGrouped ? JSON.stringify(group) : '';

export function fromGroupKey(key: string): string | null {
  const value: unknown = key === '' ? null : JSON.parse(key);
  return typeof value === 'string' ? value : null;
}

/** An alert of a project. */
export interface AlertPlace {
  readonly projectId: string;
  readonly alertId: string;
}

/** What the evaluation of one minute changes of an alert. */
export interface AlertChange {
  readonly run: AlertRun;
  /** `updatedAt` of the alert that was evaluated; null: it has no row, because the settings alone make it. */
  readonly updatedAt: number | null;
  /** States that are new or different. */
  readonly states: readonly StoredState[];
  /** Keys of groups whose state is not kept any longer. */
  readonly gone: readonly string[];
  readonly edges: readonly NewEdge[];
  readonly notifications: readonly AlertNotification[];
}

export interface SaveOptions {
  readonly now: number;
  readonly mostPerProject: number;
  /** Ends the alarms: `by hand`, no group has one again before there was no reason for it; or as of now. */
  readonly ends: 'by hand' | 'now' | null;
}

/** Alerts, their states and history. */
export interface AlertStore {
  /** Of one project; null: of all. */
  listAlerts(projectId: string | null): Promise<StoredAlert[]>;
  findAlert(place: AlertPlace): Promise<StoredAlert | null>;
  /** Adds an alert or replaces it; `'full'` when there are too many. */
  saveAlert(
    alert: Pick<StoredAlert, 'id' | 'projectId' | 'content'>,
    options: SaveOptions,
  ): Promise<StoredAlert | 'full'>;
  /** Stores the content of an alert in another form, unless it was changed meanwhile: it stays the same alert. */
  rewriteAlert(alert: StoredAlert, content: string): Promise<void>;
  /** Removes it with its states and history. False when the project has no such alert. */
  deleteAlert(place: AlertPlace): Promise<boolean>;
  listRuns(projectId: string | null): Promise<AlertRun[]>;
  findRun(place: AlertPlace): Promise<AlertRun | null>;
  listStates(of: {
    readonly projectId: string;
    readonly alertIds: readonly string[];
  }): Promise<StoredState[]>;
  /** Newest first, from before the sequence; null: from the newest. */
  listEdges(
    place: AlertPlace,
    page: { before: number | null; limit: number },
  ): Promise<StoredEdge[]>;
  /** Drops history and notifications from before an instant, and the oldest of what a project has too many of. */
  trimAlerts(options: { before: number; mostOfProject: number }): Promise<void>;
  /**
   * Stores what an evaluation came to, all of it or nothing. An alert that was changed or deleted meanwhile, or whose
   * minute was stored already, is left out.
   */
  storeChanges(changes: readonly AlertChange[]): Promise<void>;
}
