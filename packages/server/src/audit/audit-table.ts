import { sql } from 'kysely';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AuditAction, AuditEntry, AuditStore } from './audit-store.ts';
import { fromStoredText, toStoredText } from '../store/metadata/stored-text.ts';
import type { Tables } from '../store/metadata/tables.ts';

/** Entries of a kind that are kept, and for how long: whichever is less. */
const maxEntriesOfKind = 50_000;
const maxAgeMs = 400 * 86_400_000;
/** Rows in one statement: databases limit how many values one may bind. */
const chunkSize = 500;

/** 1 for what failed and for what applications do all day, 0 for all else. */
const frequent = sql<number>`CASE WHEN outcome <> 'ok' OR action IN ('session.delete', 'event.delete') THEN 1 ELSE 0 END`;

const actions: Readonly<Record<AuditAction, AuditAction>> = {
  'key.create': 'key.create',
  'key.revoke': 'key.revoke',
  'project.create': 'project.create',
  'project.update': 'project.update',
  'project.delete': 'project.delete',
  'settings.update': 'settings.update',
  'session.delete': 'session.delete',
  'event.delete': 'event.delete',
  'held_updates.delete': 'held_updates.delete',
  sign_in: 'sign_in',
  sign_out: 'sign_out',
  'data.export': 'data.export',
  'data.import': 'data.import',
  'data.backup': 'data.backup',
  'data.restore': 'data.restore',
};
const isAction = (text: string): text is AuditAction => Object.hasOwn(actions, text);

const stored = (text: string | null): string | null => (text === null ? null : toStoredText(text));
const read = (text: string | null): string | null => (text === null ? null : fromStoredText(text));

function toEntry(row: Selectable<Tables['audit']>): AuditEntry[] {
  if (!isAction(row.action)) return [];
  return [
    {
      sequence: Number(row.sequence),
      at: Number(row.at),
      action: row.action,
      outcome: row.outcome,
      actor: fromStoredText(row.actor),
      actorName: read(row.actor_name),
      projectId: read(row.project_id),
      target: read(row.target),
      address: read(row.address),
      requestId: read(row.request_id),
    },
  ];
}

const toRow = (entry: Omit<AuditEntry, 'sequence'>) => ({
  at: entry.at,
  action: entry.action,
  outcome: entry.outcome,
  actor: stored(entry.actor) ?? '',
  actor_name: stored(entry.actorName),
  project_id: stored(entry.projectId),
  target: stored(entry.target),
  address: stored(entry.address),
  request_id: stored(entry.requestId),
});

export function createAuditStore(db: Kysely<Tables>, trimEvery = 1_000): AuditStore {
  // At the first one, too: programs that add one and end would never get to it.
  let sinceTrim = trimEvery;
  return {
    addAudit: (entries) =>
      db.transaction().execute(async (transaction) => {
        for (let start = 0; start < entries.length; start += chunkSize)
          await transaction
            .insertInto('audit')
            .values(entries.slice(start, start + chunkSize).map(toRow))
            .execute();
        sinceTrim += entries.length;
        if (sinceTrim < trimEvery) return;
        sinceTrim = 0;
        await trim(transaction, Math.max(...entries.map(({ at }) => at)));
      }),
    async listAudit({ before, limit }) {
      let query = db.selectFrom('audit').selectAll().orderBy('sequence', 'desc').limit(limit);
      if (before !== null) query = query.where('sequence', '<', before);
      return (await query.execute()).flatMap(toEntry);
    },
  };
}

/** Of each kind by itself: a thousand failed sign-ins must not push out the key that was made before. */
async function trim(db: Transaction<Tables>, now: number): Promise<void> {
  await db
    .deleteFrom('audit')
    .where('at', '<', now - maxAgeMs)
    .execute();
  for (const isFrequent of [0, 1]) {
    const tooMany = db
      .selectFrom('audit')
      .select('sequence')
      .where(frequent, '=', isFrequent)
      .orderBy('sequence', 'desc')
      .limit(1_000_000_000)
      .offset(maxEntriesOfKind);
    await db.deleteFrom('audit').where('sequence', 'in', tooMany).execute();
  }
}
