import type { Kysely } from 'kysely';
import { newEdgeRecord, runRecord, stateRecord } from './alert-store.ts';
import type { AlertChange, AlertRun, NewEdge, StoredState } from './alert-store.ts';
import { notificationRecord } from './notifications.ts';
import { toStoredText } from '../domain/stored-text.ts';
import type { Tables } from '../tables.ts';

/** Rows of one statement: both databases bound the number of its values. */
const rowsAtOnce = 200;

function* inChunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += rowsAtOnce)
    yield rows.slice(start, start + rowsAtOnce);
}

/** Stores what evaluations came to, in a transaction. Those that are not current any more are left out. */
export async function storeChanges(
  db: Kysely<Tables>,
  changes: readonly AlertChange[],
): Promise<void> {
  const current = await findCurrent(db, changes);
  await putRuns(
    db,
    current.map(({ run }) => run),
  );
  await putStates(
    db,
    current.flatMap(({ states }) => states),
  );
  for (const { run, gone } of current) await removeStates(db, run, gone);
  await addEdges(
    db,
    current.flatMap(({ edges }) => edges),
  );
  for (const rows of inChunks(current.flatMap(({ notifications }) => notifications)))
    await db
      .insertInto('alert_notifications')
      .values(rows.map(notificationRecord.toRow))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
}

/** Changes of alerts that are still those that were evaluated, and whose minute was not stored yet. */
async function findCurrent(
  db: Kysely<Tables>,
  changes: readonly AlertChange[],
): Promise<AlertChange[]> {
  const projectIds = new Set(changes.map(({ run }) => run.projectId));
  const current: AlertChange[] = [];
  for (const projectId of projectIds) {
    const ofProject = changes.filter(({ run }) => run.projectId === projectId);
    for (const some of inChunks(ofProject))
      current.push(...(await findCurrentOf(db, projectId, some)));
  }
  return current;
}

async function findCurrentOf(
  db: Kysely<Tables>,
  projectId: string,
  changes: readonly AlertChange[],
): Promise<AlertChange[]> {
  const ids = changes.map(({ run }) => toStoredText(run.alertId));
  const alerts = await db
    .selectFrom('alerts')
    .select(['id', 'updated_at'])
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .execute();
  const runs = await db
    .selectFrom('alert_runs')
    .select(['alert_id', 'minute'])
    .where('project_id', '=', projectId)
    .where('alert_id', 'in', ids)
    .execute();
  // An alert without a row is made by the settings of its project.
  const isThere = alerts.length > 0 || (await hasProject(db, projectId));
  const updatedAt = new Map(alerts.map(({ id, updated_at: at }) => [id, Number(at)]));
  const minutes = new Map(runs.map(({ alert_id: id, minute }) => [id, Number(minute)]));
  return changes.filter(({ run, updatedAt: evaluated }) => {
    const id = toStoredText(run.alertId);
    const isSame = (updatedAt.get(id) ?? null) === evaluated;
    return isThere && isSame && (minutes.get(id) ?? -Infinity) < run.minute;
  });
}

async function hasProject(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db.selectFrom('projects').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

export async function putRuns(db: Kysely<Tables>, runs: readonly AlertRun[]): Promise<void> {
  for (const rows of inChunks(runs))
    await db
      .insertInto('alert_runs')
      .values(rows.map(runRecord.toRow))
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'alert_id']).doUpdateSet(({ ref }) => ({
          minute: ref('excluded.minute'),
          result: ref('excluded.result'),
          last_triggered_at: ref('excluded.last_triggered_at'),
          last_changed_at: ref('excluded.last_changed_at'),
        })),
      )
      .execute();
}

export async function putStates(db: Kysely<Tables>, states: readonly StoredState[]): Promise<void> {
  for (const rows of inChunks(states))
    await db
      .insertInto('alert_states')
      .values(rows.map(stateRecord.toRow))
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'alert_id', 'group_key']).doUpdateSet(({ ref }) => ({
          status: ref('excluded.status'),
          since: ref('excluded.since'),
          value: ref('excluded.value'),
          notified_as: ref('excluded.notified_as'),
          notified_at: ref('excluded.notified_at'),
          is_held: ref('excluded.is_held'),
        })),
      )
      .execute();
}

async function removeStates(
  db: Kysely<Tables>,
  { projectId, alertId }: AlertRun,
  groupKeys: readonly string[],
): Promise<void> {
  for (const keys of inChunks(groupKeys))
    await db
      .deleteFrom('alert_states')
      .where('project_id', '=', projectId)
      .where('alert_id', '=', toStoredText(alertId))
      .where('group_key', 'in', keys)
      .execute();
}

export async function addEdges(db: Kysely<Tables>, edges: readonly NewEdge[]): Promise<void> {
  for (const rows of inChunks(edges))
    await db.insertInto('alert_history').values(rows.map(newEdgeRecord.toRow)).execute();
}
