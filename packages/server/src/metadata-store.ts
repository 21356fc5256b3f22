import type { AuditStore } from './audit/audit-store.ts';
import type { HeldPatch, HeldPatchStore } from './held-updates/held-patch-store.ts';
import type { ApiKey, KeyStore } from './keys/key-store.ts';
import type { Project, ProjectStore } from './projects/project-store.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { SignInStore } from './auth/sign-in-store.ts';
import type { StoredView, ViewStore } from './views/view-store.ts';

/** Everything but events. A part of the service takes the port of its noun; only what opens, copies and closes takes all. */
export interface MetadataStore
  extends
    ProjectStore,
    KeyStore,
    SignInStore,
    SettingsStore,
    ViewStore,
    HeldPatchStore,
    AuditStore {
  readonly organisationId: string;

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

/** A record of the metadata store, complete enough to be made again elsewhere as it is. */
export type MetadataRecord =
  | { readonly type: 'organisation'; readonly id: string }
  | { readonly type: 'project'; readonly project: Project }
  /** `settings` is JSON text. */
  | {
      readonly type: 'settings';
      readonly projectId: string;
      readonly settings: string;
      readonly updatedAt: number;
    }
  /** `hash` is the SHA-256 of the whole key, in hexadecimal. */
  | { readonly type: 'key'; readonly key: ApiKey; readonly hash: string }
  | { readonly type: 'view'; readonly view: StoredView }
  | { readonly type: 'patch'; readonly patch: Omit<HeldPatch, 'sequence'> };

/** A record cannot be added: what is there in its place is something else. */
export class RecordConflict extends Error {
  override readonly name = 'RecordConflict';
}
