import type { MetadataRecord } from '../metadata-codecs.ts';
import type { StoredEvent } from '../domain/stored-event.ts';

/** First line of an export: what it is and what it holds. */
export interface ExportHeader {
  /** `project`: one project; `installation`: everything, keys too. */
  readonly scope: 'installation' | 'project';
  /** Version of honeyhive that wrote it. */
  readonly writtenBy: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** What an export carries: records of the metadata store, then events. */
export type TransferRecord =
  | MetadataRecord
  | { readonly type: 'event'; readonly event: StoredEvent };

/** How many records of each kind. */
export type RecordCounts = Readonly<Record<TransferRecord['type'], number>>;

/** One line of an export. */
export type TransferLine =
  | { readonly type: 'header'; readonly header: ExportHeader }
  | TransferRecord
  | { readonly type: 'end'; readonly counts: RecordCounts };

/** No records yet. */
export const noRecords: RecordCounts = {
  organisation: 0,
  project: 0,
  settings: 0,
  key: 0,
  view: 0,
  alert: 0,
  patch: 0,
  event: 0,
};
