import type { Generated } from 'kysely';
import type { alertRecord, newEdgeRecord, runRecord, stateRecord } from './alerts/alert-store.ts';
import type { notificationRecord } from './alerts/notifications.ts';
import type { newEntryRecord } from './audit/audit-store.ts';
import type { signInRecord } from './auth/sign-in-store.ts';
import type { attemptRecord, deliveryRecord } from './deliveries/delivery-store.ts';
import type { destinationRecord } from './destinations/destination-store.ts';
import type { RowOf } from './domain/record.ts';
import type { patchRecord } from './held-updates/held-patch-store.ts';
import type { keyRecord } from './keys/key-store.ts';
import type { projectRecord } from './projects/project-store.ts';
import type { settingsRecord } from './settings/settings-store.ts';
import type { viewRecord } from './views/view-store.ts';

/** Rows in the order in which they were inserted. */
interface Sequenced {
  sequence: Generated<number>;
}

/** Steps of a schema. */
interface MigrationRow {
  id: string;
  started_at: number;
  finished_at: number;
}

/** Tables of the metadata store as they are after all migrations. Instants are epoch milliseconds. */
export interface Tables {
  schema_migrations: MigrationRow;
  facts: { name: string; value: string };
  projects: Sequenced & RowOf<typeof projectRecord>;
  api_keys: Sequenced & RowOf<typeof keyRecord> & { key_hash: string };
  /** When a key was last used; none before the first time. */
  key_uses: { key_id: string; used_at: number };
  audit: Sequenced & RowOf<typeof newEntryRecord>;
  project_settings: RowOf<typeof settingsRecord>;
  sign_ins: RowOf<typeof signInRecord>;
  project_views: RowOf<typeof viewRecord>;
  held_patches: Sequenced & RowOf<typeof patchRecord>;
  alert_destinations: RowOf<typeof destinationRecord>;
  alert_deliveries: Sequenced & RowOf<typeof deliveryRecord>;
  alert_delivery_attempts: RowOf<typeof attemptRecord>;
  alerts: RowOf<typeof alertRecord>;
  alert_runs: RowOf<typeof runRecord>;
  alert_states: RowOf<typeof stateRecord>;
  alert_history: Sequenced & RowOf<typeof newEdgeRecord>;
  /** What deliveries are made of. */
  alert_notifications: Sequenced & RowOf<typeof notificationRecord>;
  /** Steps of the tables below, which only PostgreSQL has. */
  shared_migrations: MigrationRow;
  /** Which server does what. */
  shared_leases: {
    name: string;
    holder: string;
    server_id: string;
    about: string;
    expires_at: number;
  };
  /** Failed sign-ins in a window, by what they are counted by. */
  shared_failures: { subject: string; count: number; until: number };
  shared_sign_in_codes: { code_hash: string; key_id: string; expires_at: number };
}

/** Tables whose rows are deleted with their project. The audit log outlives it. */
type ProjectTable = {
  [Name in Exclude<keyof Tables, 'audit'>]: 'project_id' extends keyof Tables[Name] ? Name : never;
}[Exclude<keyof Tables, 'audit'>];

// A record, so that a table that is left out does not compile.
const ofProject: Readonly<Record<ProjectTable, true>> = {
  alert_deliveries: true,
  alert_delivery_attempts: true,
  alert_destinations: true,
  alerts: true,
  alert_history: true,
  alert_notifications: true,
  alert_runs: true,
  alert_states: true,
  api_keys: true,
  held_patches: true,
  project_settings: true,
  project_views: true,
};

export const tablesOfProject: readonly ProjectTable[] = Object.keys(ofProject).filter(
  (name): name is ProjectTable => name in ofProject,
);
