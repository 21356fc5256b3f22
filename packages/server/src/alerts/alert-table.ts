import type { Kysely } from 'kysely';
import { alertRecord, edgeRecord, runRecord, stateRecord } from './alert-store.ts';
import type {
  AlertPlace,
  AlertRun,
  AlertStore,
  SaveOptions,
  StoredAlert,
  StoredState,
} from './alert-store.ts';
import { addEdges, putRuns, putStates, storeChanges } from './change-table.ts';
import { parseStoredObject, toStoredText } from '../domain/stored-text.ts';
import { toWritten } from '../store/metadata/record-table.ts';
import type { RecordTable } from '../store/metadata/record-table.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

export function createAlertStore(db: Kysely<Tables>): AlertStore {
  return {
    listAlerts: (projectId) => list(db, projectId),
    findAlert: (place) => find(db, place),
    saveAlert: (alert, options) =>
      inTransaction(db, (transaction) => save(transaction, alert, options)),
    rewriteAlert: (alert, content) =>
      inTransaction(db, async (transaction) => {
        await transaction
          .updateTable('alerts')
          .set({ content })
          .where('project_id', '=', alert.projectId)
          .where('id', '=', toStoredText(alert.id))
          .where('updated_at', '=', alert.updatedAt)
          .execute();
      }),
    deleteAlert: (place) => inTransaction(db, (transaction) => remove(transaction, place)),
    async listRuns(projectId) {
      let query = db.selectFrom('alert_runs').selectAll();
      if (projectId !== null) query = query.where('project_id', '=', projectId);
      return (await query.execute()).map(runRecord.fromRow);
    },
    findRun: (place) => findRun(db, place),
    listStates: (of) => listStates(db, of),
    async listEdges({ projectId, alertId }, { before, limit }) {
      let query = db
        .selectFrom('alert_history')
        .selectAll()
        .where('project_id', '=', projectId)
        .where('alert_id', '=', toStoredText(alertId))
        .orderBy('sequence', 'desc')
        .limit(limit);
      if (before !== null) query = query.where('sequence', '<', before);
      return (await query.execute()).map(edgeRecord.fromRow);
    },
    trimAlerts: (options) => trim(db, options),
    storeChanges: (changes) =>
      inTransaction(db, (transaction) => storeChanges(transaction, changes)),
  };
}

async function list(db: Kysely<Tables>, projectId: string | null): Promise<StoredAlert[]> {
  let query = db.selectFrom('alerts').selectAll().orderBy('project_id').orderBy('id');
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  return (await query.execute()).map(alertRecord.fromRow);
}

async function find(
  db: Kysely<Tables>,
  { projectId, alertId }: AlertPlace,
): Promise<StoredAlert | null> {
  const row = await db
    .selectFrom('alerts')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', toStoredText(alertId))
    .executeTakeFirst();
  return row ? alertRecord.fromRow(row) : null;
}

async function save(
  db: Kysely<Tables>,
  alert: Parameters<AlertStore['saveAlert']>[0],
  { now, mostPerProject, ends }: SaveOptions,
): Promise<StoredAlert | 'full'> {
  const { projectId, content, id: alertId } = alert;
  const known = await find(db, { projectId, alertId });
  if (!known && (await count(db, projectId)) >= mostPerProject) return 'full';
  // Later than before, so that an evaluation that is in flight can tell.
  const updatedAt = Math.max(now, (known?.updatedAt ?? 0) + 1);
  const row = await db
    .insertInto('alerts')
    .values(alertRecord.toRow({ ...alert, createdAt: now, updatedAt }))
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'id']).doUpdateSet({ content, updated_at: updatedAt }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  if (ends !== null)
    await endAlarms(db, { projectId, alertId }, { now, isHeld: ends === 'by hand' });
  return alertRecord.fromRow(row);
}

async function listStates(
  db: Kysely<Tables>,
  { projectId, alertIds }: Parameters<AlertStore['listStates']>[0],
): Promise<StoredState[]> {
  const rows = await db
    .selectFrom('alert_states')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('alert_id', 'in', alertIds.map(toStoredText))
    .execute();
  return rows.map(stateRecord.fromRow);
}

/** The next evaluation notifies of it. */
async function endAlarms(
  db: Kysely<Tables>,
  place: AlertPlace,
  { now, isHeld }: { readonly now: number; readonly isHeld: boolean },
): Promise<void> {
  const { projectId, alertId } = place;
  const states = await listStates(db, { projectId, alertIds: [alertId] });
  const alarms = states.filter(({ status }) => status !== 'ok');
  for (const alarm of alarms) {
    await putStates(db, [{ ...alarm, status: 'ok', since: now, isHeld }]);
    const { groupKey, value } = alarm;
    const edge = { ...place, groupKey, edge: 'resolved', at: now, value, threshold: null } as const;
    await addEdges(db, [{ ...edge, windowStart: now, windowEnd: now }]);
  }
  const run = await findRun(db, place);
  if (!run) return;
  const result = JSON.stringify({ ...parseStoredObject(run.result), triggered: 0 });
  const lastChangedAt = alarms.length === 0 ? run.lastChangedAt : now;
  await putRuns(db, [{ ...run, result, lastChangedAt }]);
}

async function findRun(
  db: Kysely<Tables>,
  { projectId, alertId }: AlertPlace,
): Promise<AlertRun | null> {
  const row = await db
    .selectFrom('alert_runs')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('alert_id', '=', toStoredText(alertId))
    .executeTakeFirst();
  return row ? runRecord.fromRow(row) : null;
}

async function count(db: Kysely<Tables>, projectId: string): Promise<number> {
  const found = await db
    .selectFrom('alerts')
    .select((select) => select.fn.countAll().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  return Number(found.count);
}

/** What is known of an alert beside what it is. Notifications stay: their deliveries continue. */
const tablesOfAlert = ['alert_runs', 'alert_states', 'alert_history'] as const;

async function remove(db: Kysely<Tables>, { projectId, alertId }: AlertPlace): Promise<boolean> {
  const id = toStoredText(alertId);
  for (const table of tablesOfAlert)
    await db
      .deleteFrom(table)
      .where('project_id', '=', projectId)
      .where('alert_id', '=', id)
      .execute();
  const result = await db
    .deleteFrom('alerts')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

const tablesInOrder = ['alert_history', 'alert_notifications'] as const;

/** In several writes, so that none takes long. */
async function trim(
  db: Kysely<Tables>,
  { before, mostOfProject }: Parameters<AlertStore['trimAlerts']>[0],
): Promise<void> {
  for (const table of tablesInOrder) {
    await inTransaction(db, (transaction) =>
      transaction.deleteFrom(table).where('at', '<', before).execute(),
    );
    const projects = await db.selectFrom(table).select('project_id').distinct().execute();
    for (const { project_id: projectId } of projects) {
      const oldest = await db
        .selectFrom(table)
        .select('sequence')
        .where('project_id', '=', projectId)
        .orderBy('sequence', 'desc')
        .offset(mostOfProject)
        .limit(1)
        .executeTakeFirst();
      if (oldest)
        await inTransaction(db, (transaction) =>
          transaction
            .deleteFrom(table)
            .where('project_id', '=', projectId)
            .where('sequence', '<=', oldest.sequence)
            .execute(),
        );
    }
  }
}

export const alertRecords: RecordTable<StoredAlert> = {
  read: list,
  async write(db, alert) {
    const result = await db
      .insertInto('alerts')
      .values(alertRecord.toRow(alert))
      .onConflict((conflict) => conflict.columns(['project_id', 'id']).doNothing())
      .executeTakeFirst();
    return toWritten(result.numInsertedOrUpdatedRows);
  },
};
