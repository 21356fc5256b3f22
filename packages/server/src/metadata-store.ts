import type { AuditStore } from './audit/audit-store.ts';
import type { SignInStore } from './auth/sign-in-store.ts';
import type { RecordOf } from './domain/record.ts';
import { patchRecord } from './held-updates/held-patch-store.ts';
import type { HeldPatchStore } from './held-updates/held-patch-store.ts';
import { storedKeyRecord } from './keys/key-store.ts';
import type { KeyStore } from './keys/key-store.ts';
import { organisationRecord } from './projects/organisation-store.ts';
import type { OrganisationStore } from './projects/organisation-store.ts';
import { projectRecord } from './projects/project-store.ts';
import type { ProjectStore } from './projects/project-store.ts';
import { settingsRecord } from './settings/settings-store.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import { viewRecord } from './views/view-store.ts';
import type { ViewStore } from './views/view-store.ts';

/** Everything but events. A part of the service takes the port of its noun; only what opens, copies and closes takes all. */
export interface MetadataStore
  extends
    OrganisationStore,
    ProjectStore,
    KeyStore,
    SignInStore,
    SettingsStore,
    ViewStore,
    HeldPatchStore,
    AuditStore {
  /** What moves to another installation, projects first: of one project without its keys, or of all with them. */
  readRecords(projectId: string | null): AsyncIterable<MetadataRecord>;
  /**
   * Adds a record that came from another installation. One that is there already stays as it is: `'known'`.
   *
   * @throws {RecordConflict} something else is there in its place
   */
  writeRecord(record: MetadataRecord): Promise<'stored' | 'known'>;

  close(): Promise<void>;
}

/** What an export carries of the metadata store, in this order. */
export const recordCodecs = {
  organisation: organisationRecord,
  project: projectRecord,
  settings: settingsRecord,
  key: storedKeyRecord,
  view: viewRecord,
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
