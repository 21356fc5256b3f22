/** What a key may do: everything, only read, or only send sessions and events. */
export type KeyAccess = 'full' | 'read' | 'ingest';

/** A key, without its secret. */
export interface ApiKey {
  /** Public part, shown in lists. */
  readonly id: string;
  readonly name: string;
  readonly access: KeyAccess;
  /** The project the key is bound to; null: the key is good for the whole organisation. */
  readonly projectId: string | null;
  readonly createdAt: number;
  readonly revokedAt: number | null;
  /** Epoch milliseconds after which it is rejected; null: it does not expire. */
  readonly expiresAt: number | null;
  /** Id of the key that made it, `cli` or `first start`; null for a key of an earlier version, which did not say. */
  readonly createdBy: string | null;
}

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
      /** `cli`, or what else is no key. @default null */
      createdBy?: string | null;
    },
    now: number,
  ): Promise<{ key: string; record: ApiKey }>;
  /** Makes a key with another one: `'unauthenticated'` when that one was revoked or expired, `'full'` at the limit of active keys. */
  createKeyWith(
    creator: Pick<ApiKey, 'id'>,
    input: { name: string; access: KeyAccess; projectId: string | null; expiresAt: number | null },
    options: { now: number; mostActive: number },
  ): Promise<{ key: string; record: ApiKey } | 'unauthenticated' | 'full'>;
  /** The key's record, or null when it is malformed, unknown, revoked or has expired. Compares in constant time. */
  verifyKey(key: string, now: number): Promise<ApiKey | null>;
  listKeys(): Promise<ApiKey[]>;
  /** Ids of the keys that it revoked: this one, and with `descendants` all that were made with it, or with those. */
  revokeKey(id: string, now: number, options?: { descendants?: boolean }): Promise<string[]>;
  /** Saves when keys were last used, epoch milliseconds by id. An older time never replaces a newer one; deleted keys are ignored. */
  saveKeyUses(uses: ReadonlyMap<string, number>): Promise<void>;
  /** When each key was last used, epoch milliseconds by id, as saved. */
  listKeyUses(): Promise<ReadonlyMap<string, number>>;
}
