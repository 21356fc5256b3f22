import type { Generated } from 'kysely';

/** Tables of the metadata store as they are after all migrations. Instants are epoch milliseconds. */
export interface Tables {
  schema_migrations: { id: string; started_at: number; finished_at: number };
  facts: { name: string; value: string };
  projects: {
    sequence: Generated<number>;
    id: string;
    name: string;
    description: string;
    type: string | null;
    metadata: string;
    created_at: number;
    updated_at: number;
  };
  api_keys: {
    sequence: Generated<number>;
    id: string;
    name: string;
    access: string;
    project_id: string | null;
    key_hash: string;
    created_at: number;
    revoked_at: number | null;
  };
  /** When a key was last used; none before the first time. */
  key_uses: { key_id: string; used_at: number };
  /** When a key expires; none for a key that does not. */
  key_expiries: { key_id: string; expires_at: number };
  /** What made a key; none for keys of earlier versions. */
  key_origins: { key_id: string; created_by: string };
  audit: {
    sequence: Generated<number>;
    at: number;
    action: string;
    outcome: string;
    actor: string;
    actor_name: string | null;
    project_id: string | null;
    target: string | null;
    address: string | null;
    request_id: string | null;
  };
  project_settings: { project_id: string; settings: string; updated_at: number };
  sign_ins: { token_hash: string; key_id: string; created_at: number; expires_at: number };
  /** `content` is JSON text. */
  project_views: {
    id: string;
    project_id: string;
    content: string;
    created_at: number;
    updated_at: number;
  };
  held_patches: {
    sequence: Generated<number>;
    project_id: string | null;
    event_id: string;
    patch: string;
    received_at: number;
  };
}
