import { added, choice, describeRecord, integer, nullable, plain, text } from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';

const { hash, ...keyFields } = {
  /** Public part, shown in lists. */
  id: plain,
  name: text,
  /** What it may do: everything, only read, or only send sessions and events. */
  access: choice(['full', 'read', 'ingest']),
  /** The project the key is bound to; null: the key is valid for the whole organisation. */
  project_id: nullable(plain),
  /** SHA-256 of the whole key, in hexadecimal. */
  hash: plain,
  created_at: integer,
  revoked_at: nullable(integer),
  /** Epoch milliseconds after which it is rejected; null: it does not expire. */
  expires_at: added(nullable(integer)),
  /** Id of the key that made it, `cli` or `first start`; null for a key of an earlier version, which did not say. */
  created_by: added(nullable(text)),
};

/** A key, without its secret. */
export const keyRecord = describeRecord(keyFields);
export type ApiKey = RecordOf<typeof keyRecord>;
export type KeyAccess = ApiKey['access'];
/** `typed`: `hh_ingst_…` for keys that only ingest, `hh_fgdp_…` for others. */
export type KeyForm = 'plain' | 'typed';

/** A key as it is exported. */
export const storedKeyRecord = describeRecord({ ...keyFields, hash });
export type StoredKey = RecordOf<typeof storedKeyRecord>;

/** API keys; their secrets are kept as hashes alone. */
export interface KeyStore {
  /** Returns the whole key in `key`, the only time that its secret can be read. */
  createKey(
    input: {
      name: string;
      access: KeyAccess;
      projectId: string | null;
      /** @default null */
      expiresAt?: number | null;
      /** In the form of a key; default: a new one. */
      key?: string;
      /** Of a new key. @default 'plain' */
      form?: KeyForm;
      /** `cli`, or what else is no key. @default null */
      createdBy?: string | null;
    },
    now: number,
  ): Promise<{ key: string; record: ApiKey }>;
  /**
   * Makes a key with another one: `'unauthenticated'` when that one was revoked or expired, `'full'` at the limit of
   * active keys.
   */
  createKeyWith(
    creator: Pick<ApiKey, 'id'>,
    input: Omit<ApiKey, 'id' | 'createdAt' | 'createdBy' | 'revokedAt'>,
    options: { now: number; mostActive: number; form: KeyForm },
  ): Promise<{ key: string; record: ApiKey } | 'unauthenticated' | 'full'>;
  /** The key's record, or null when it is malformed, unknown, revoked or has expired. Compares in constant time. */
  verifyKey(key: string, now: number): Promise<ApiKey | null>;
  listKeys(): Promise<ApiKey[]>;
  /** Ids of the keys that it revoked: this one, and with `descendants` all that were made with it, or with those. */
  revokeKey(id: string, now: number, options?: { descendants?: boolean }): Promise<string[]>;
  /**
   * Saves when keys were last used, epoch milliseconds by id. An older time never replaces a newer one; deleted keys
   * are ignored.
   */
  saveKeyUses(uses: ReadonlyMap<string, number>): Promise<void>;
  /** When each key was last used, epoch milliseconds by id, as saved. */
  listKeyUses(): Promise<ReadonlyMap<string, number>>;
}
