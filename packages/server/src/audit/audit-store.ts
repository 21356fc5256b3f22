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

/** The audit log. */
export interface AuditStore {
  /** Adds entries, of one moment, and drops those that are too many or too old. */
  addAudit(entries: readonly Omit<AuditEntry, 'sequence'>[]): Promise<void>;
  /** Newest first, from before the sequence; null: from the newest. */
  listAudit(query: { before: number | null; limit: number }): Promise<AuditEntry[]>;
}
