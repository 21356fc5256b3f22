import type { Emptied } from '../../../domain/explore-store.ts';
import type { EventEngine } from '../engine/engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { alterHours, expired } from './expired-sessions.ts';
import type { WordSources } from './hour-words.ts';

/** `has_ended` of old rows is computed from the size of their outputs: it is written before that is gone. */
const emptying = [
  `inputs = '{}'`,
  `outputs = '{}'`,
  `input_preview = ''`,
  `output_preview = ''`,
  'inputs_bytes = 0',
  'outputs_bytes = 0',
  'has_ended = has_ended',
  'is_emptied = 1',
].join(', ');

const hasPayload = 'inputs_bytes + outputs_bytes > 0';

/**
 * Deletes inputs and outputs of the sessions of a project that last changed before an instant, from the disk too; their
 * events stay. Killed half-way, the engine continues at the next start.
 */
export async function emptyExpired(
  sources: WordSources,
  projectId: string,
  before: number,
): Promise<Emptied> {
  const found = await readEmptiable(sources.engine, { projectId, before, notBefore: null });
  if (found.eventCount === 0) return found;
  const scope = new SqlScope();
  const where = `${hasPayload} AND ${expired(scope, { projectId, before })}`;
  await alterHours(sources, projectId, { scope, change: `UPDATE ${emptying}`, where });
  return found;
}

/** What {@link emptyExpired} would empty of sessions that changed since `notBefore`; null: of all. */
export async function readEmptiable(
  engine: EventEngine,
  query: { projectId: string; before: number; notBefore: number | null },
  signal?: AbortSignal,
): Promise<Emptied> {
  const { projectId, before, notBefore } = query;
  const scope = new SqlScope();
  const isOld = expired(scope, { projectId, before });
  const stays =
    notBefore === null ? '' : ` AND NOT (${expired(scope, { projectId, before: notBefore })})`;
  const sql = `SELECT uniqExact(cityHash64(event_id)), sum(inputs_bytes + outputs_bytes)
    FROM ${eventTable} WHERE ${hasPayload} AND ${isOld}${stays}`;
  const [found] = readRows(await engine.query(scope.statement(sql), signal), (cursor) => ({
    eventCount: cursor.uint64(),
    payloadBytes: cursor.uint64(),
  }));
  return found ?? { eventCount: 0, payloadBytes: 0 };
}
