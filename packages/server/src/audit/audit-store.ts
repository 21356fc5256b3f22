import { choice, describeRecord, integer, nullable, plain, text } from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';

export const auditActions = [
  'key.create',
  'key.revoke',
  'project.create',
  'project.update',
  'project.delete',
  'settings.update',
  'alert.create',
  'alert.update',
  'alert.delete',
  'session.delete',
  'event.delete',
  'held_updates.delete',
  'destination.create',
  'destination.update',
  'destination.delete',
  'destination.test',
  'delivery.resend',
  'sign_in',
  'sign_out',
  'data.export',
  'data.import',
  'data.backup',
  'data.restore',
] as const;

export type AuditAction = (typeof auditActions)[number];

const entryFields = {
  /** Epoch milliseconds. */
  at: integer,
  action: choice(auditActions),
  /** `ok`, or the error code of the answer. */
  outcome: plain,
  /** Id of the key it was done with; else `cli`, `first start`, or `unknown` when nobody was signed in. */
  actor: text,
  /** Name of that key. */
  actor_name: nullable(text),
  project_id: nullable(text),
  /** Id of what it was done to. */
  target: nullable(text),
  address: nullable(text),
  request_id: nullable(text),
};

/** Something that was done to the installation, or tried. No secrets, no payloads. */
export const newEntryRecord = describeRecord(entryFields);
export type NewAuditEntry = RecordOf<typeof newEntryRecord>;

/** The same, with its place in the order of what happened. */
export const auditRecord = describeRecord({ sequence: integer, ...entryFields });
export type AuditEntry = RecordOf<typeof auditRecord>;

/** The audit log. */
export interface AuditStore {
  /** Adds entries, of one moment, and drops those that are too many or too old. */
  addAudit(entries: readonly NewAuditEntry[]): Promise<void>;
  /** Newest first, from before the sequence; null: from the newest. */
  listAudit(query: { before: number | null; limit: number }): Promise<AuditEntry[]>;
}
