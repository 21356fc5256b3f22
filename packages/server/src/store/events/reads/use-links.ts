import type { StoredUseLink } from '../../../domain/event-store.ts';
import { useBits } from '../../../domain/use-tree.ts';
import type { EventEngine } from '../engine/engine.ts';
import { byIdsAlone, eventTable } from '../rows/event-row.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { readInChunks } from './event-lookup.ts';

const used = `(prompt_tokens + completion_tokens + total_tokens > 0) * ${useBits.tokens} + (cost_usd > 0) * ${useBits.cost} + (event_type = 'model') * ${useBits.call}`;

/** Events of the sessions with their parents and use; one more than `most` of a session that has more. */
export const readUseLinks = (
  engine: EventEngine,
  projectIds: readonly string[],
  { sessionIds, most }: { readonly sessionIds: readonly string[]; readonly most: number },
): Promise<StoredUseLink[]> =>
  readInChunks(sessionIds, async (chunk) => {
    const scope = new SqlScope();
    const sql = `SELECT project_id, session_id, event_id, parent_id, toUInt8(${used}), repeated_use
      FROM ${eventTable} FINAL
      WHERE project_id IN ${scope.list(projectIds)} AND session_id IN ${scope.list(chunk)}
      LIMIT ${Math.trunc(most) + 1} BY project_id, session_id ${byIdsAlone}`;
    return readRows(await engine.query(scope.statement(sql)), (cursor) => ({
      projectId: cursor.string(),
      sessionId: cursor.string(),
      eventId: cursor.string(),
      parentId: cursor.nullableString(),
      used: cursor.uint8(),
      repeatedUse: cursor.uint8(),
    }));
  });
