import { alertRecord } from './alerts/alert-store.ts';
import type { RecordOf } from './domain/record.ts';
import { patchRecord } from './held-updates/held-patch-store.ts';
import { storedKeyRecord } from './keys/key-store.ts';
import { organisationRecord } from './projects/organisation-store.ts';
import { projectRecord } from './projects/project-store.ts';
import { settingsRecord } from './settings/settings-store.ts';
import { viewRecord } from './views/view-store.ts';

/** What moves between installations. */
export interface RecordStore {
  /** Projects first: of one project without its keys, or of all with them. */
  readRecords(projectId: string | null): AsyncIterable<MetadataRecord>;
  /**
   * Adds a record that came from another installation. One that is there already stays as it is: `'known'`.
   *
   * @throws {RecordConflict} something else is there in its place
   */
  writeRecord(record: MetadataRecord): Promise<'stored' | 'known'>;
}

/** What an export carries of the metadata store, in this order. */
export const recordCodecs = {
  organisation: organisationRecord,
  project: projectRecord,
  settings: settingsRecord,
  key: storedKeyRecord,
  view: viewRecord,
  alert: alertRecord,
  patch: patchRecord,
};

export type RecordType = keyof typeof recordCodecs;
export const recordTypes: readonly RecordType[] = Object.keys(recordCodecs).filter(
  (name): name is RecordType => Object.hasOwn(recordCodecs, name),
);
export type RecordsByType = {
  readonly [Type in RecordType]: RecordOf<(typeof recordCodecs)[Type]>;
};

/** A record of the metadata store, complete enough to be made again elsewhere as it is. */
export type MetadataRecord<Type extends RecordType = RecordType> = {
  readonly [One in Type]: { readonly type: One; readonly record: RecordsByType[One] };
}[Type];
