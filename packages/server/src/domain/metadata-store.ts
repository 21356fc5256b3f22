/** A project. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: string | null;
  /** Extra keys given on create. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

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
  /** From then on it is good for nothing; null: it does not end by itself. */
  readonly expiresAt: number | null;
  /** Id of the key that made it, `cli` or `first start`; null for a key of an earlier version, which did not say. */
  readonly createdBy: string | null;
}

/** That somebody signed in to the web UI with a key. Its token is kept as a hash alone. */
export interface SignIn {
  /** SHA-256 of the token, in hexadecimal. */
  readonly tokenHash: string;
  readonly keyId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** A list as somebody likes to see it. */
export interface StoredView {
  /** Made by whoever saved it; unique in its project. */
  readonly id: string;
  readonly projectId: string;
  /** JSON text of an object. */
  readonly content: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A change to an event that has not arrived yet. */
export interface HeldPatch {
  /** Order of arrival. */
  readonly sequence: number;
  /** null: the key was not bound to a project, and the request named none. */
  readonly projectId: string | null;
  readonly eventId: string;
  /** The patch, as JSON text. */
  readonly patch: string;
  readonly receivedAt: number;
}

/** Something that was done to the installation, or tried. No secrets, no payloads. */
export interface AuditEntry {
  /** Order of what happened. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly action: AuditAction;
  /** `ok`, or the error code of the answer. */
  readonly outcome: string;
  /** Id of the key it was done with; else `cli`, `first start`, or `unknown` when nobody was signed in. */
  readonly actor: string;
  /** Name of that key. */
  readonly actorName: string | null;
  readonly projectId: string | null;
  /** Id of what it was done to. */
  readonly target: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

export type AuditAction =
  | 'key.create'
  | 'key.revoke'
  | 'project.create'
  | 'project.update'
  | 'project.delete'
  | 'settings.update'
  | 'session.delete'
  | 'event.delete'
  | 'held_updates.delete'
  | 'sign_in'
  | 'sign_out'
  | 'data.export'
  | 'data.import'
  | 'data.backup'
  | 'data.restore';

/** Held patches, counted. */
export interface HeldTotal {
  readonly count: number;
  readonly bytes: number;
}

export interface HeldTotals {
  readonly all: HeldTotal;
  /** null: of no project in particular. */
  of(projectId: string | null): HeldTotal;
}

export type ProjectInput = Pick<Project, 'name' | 'description' | 'type' | 'metadata'>;

export interface MetadataStore {
  readonly organisationId: string;

  /**
   * null when the name is taken.
   *
   * @throws {TooManyProjects}
   */
  createProject(input: ProjectInput, now: number): Promise<Project | null>;
  /**
   * The project of that name; made when it does not exist. Safe when many callers ask at once.
   *
   * @throws {TooManyProjects}
   */
  ensureProject(name: string, now: number): Promise<Project>;
  /** By id first, then by name. */
  findProject(idOrName: string): Promise<Project | null>;
  /** Ordered by creation. `ids` confines the list; `name` keeps only an exact match. */
  listProjects(query: {
    ids?: readonly string[];
    name?: string;
    /** Only those whose name contains it; the case of Latin letters does not matter. */
    search?: string;
    limit: number;
    offset: number;
  }): Promise<{ projects: Project[]; total: number }>;
  /** `'conflict'` when the new name is taken, null when there is no such project. */
  updateProject(
    id: string,
    change: Partial<Pick<Project, 'name' | 'description' | 'type'>>,
    now: number,
  ): Promise<Project | 'conflict' | null>;
  /** Removes the project, its keys, settings, saved views and held patches; false when there is none. */
  deleteProject(id: string): Promise<boolean>;

  /** The only time the secret is there to be read: `key` is the whole key. */
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
  /** The same, made with another key: `'unauthenticated'` when that one is no longer good, `'full'` when there are too many. */
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
  /** When keys were used, epoch milliseconds by id; later uses stay, and keys that are gone are left out. */
  saveKeyUses(uses: ReadonlyMap<string, number>): Promise<void>;
  /** When each key was last used, epoch milliseconds by id, as saved. */
  listKeyUses(): Promise<ReadonlyMap<string, number>>;

  /** Durable when it resolves. Drops those that ended before it was made. */
  addSignIn(signIn: SignIn): Promise<void>;
  /** The sign-in and its key; null when it is unknown or over, or its key was revoked, has expired or is gone. */
  findSignIn(tokenHash: string, now: number): Promise<{ signIn: SignIn; key: ApiKey } | null>;
  /** Done as well when there is none. */
  removeSignIn(tokenHash: string): Promise<void>;

  /** Settings as merged so far; an empty object when none were set. */
  readSettings(
    projectId: string,
  ): Promise<{ settings: Record<string, unknown>; updatedAt: number | null }>;
  /** The settings of every project that has any. */
  listSettings(): Promise<{ projectId: string; settings: Record<string, unknown> }[]>;
  /** Replaces the settings with what `change` makes of them, atomically. */
  changeSettings(
    projectId: string,
    change: (settings: Record<string, unknown>) => Record<string, unknown>,
    now: number,
  ): Promise<{ settings: Record<string, unknown>; updatedAt: number }>;

  listViews(projectId: string): Promise<StoredView[]>;
  /** Adds a view or replaces it; `'full'` when there are too many. Views of two projects may have the same id. */
  saveView(
    view: Pick<StoredView, 'id' | 'projectId' | 'content'>,
    options: { now: number; mostPerProject: number },
  ): Promise<StoredView | 'full'>;
  /** False when the project has no such view. */
  deleteView(projectId: string, id: string): Promise<boolean>;

  /** Durable when it resolves. */
  holdPatches(patches: readonly Omit<HeldPatch, 'sequence'>[]): Promise<void>;
  /** Patches held for these events, in order of arrival: those of the project, and those bound to none. */
  readHeldPatches(projectId: string, eventIds: readonly string[]): Promise<HeldPatch[]>;
  dropHeldPatches(sequences: readonly number[]): Promise<void>;
  /** How many are held, and their size. Reads the table once: this process alone writes to it afterwards. */
  measureHeldPatches(): Promise<HeldTotals>;
  /** Drops those of a project; what was dropped. */
  deleteHeldPatches(projectId: string): Promise<HeldTotal>;
  /** Drops those received before the instant; how many. */
  expireHeldPatches(before: number): Promise<number>;

  /** Adds entries, of one moment, and drops those that are too many or too old. */
  addAudit(entries: readonly Omit<AuditEntry, 'sequence'>[]): Promise<void>;
  /** Newest first, from before the sequence; null: from the newest. */
  listAudit(query: { before: number | null; limit: number }): Promise<AuditEntry[]>;

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

/** There are as many projects as there may be: none was made. */
export class TooManyProjects extends Error {
  override readonly name = 'TooManyProjects';
}

/** A record cannot be added: what is there in its place is something else. */
export class RecordConflict extends Error {
  override readonly name = 'RecordConflict';
}
