import { StoreUnavailable } from '../domain/event-store.ts';
import type { EventHead } from '../domain/stored-event.ts';
import { traceOf } from './place-traces.ts';
import type { Write } from './write.ts';
import type { WriteTurn, WriteTurns } from './write-turns.ts';

/** Each time, ids that nobody could know before are added: of sessions that an id, a trace or a tree leads to. */
const maxTurns = 8;

/** The work needs more ids than its turn has. */
export class TurnTooNarrow extends Error {
  override readonly name = 'TurnTooNarrow';
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super(`a turn without ${ids.length} of its ids`);
    this.ids = ids;
  }
}

/**
 * A turn with the session of an event is enough to write to the event: who writes to it has that, too.
 *
 * @throws {TurnTooNarrow} another server may write to one of the sessions meanwhile
 */
export function requireSessions(
  turn: WriteTurn,
  rows: readonly Pick<EventHead, 'sessionId'>[],
): void {
  if (turn.number === null) return;
  const ids = turn.missing(rows.map(({ sessionId }) => sessionId));
  if (ids.length > 0) throw new TurnTooNarrow(ids);
}

/** Does the work in a turn with the ids of the writes, and again with those that it turns out to need. */
export async function runInTurn<Result>(
  turns: WriteTurns,
  {
    writes,
    sessionIds,
  }: { readonly writes: readonly Write[]; readonly sessionIds: readonly string[] },
  work: (turn: WriteTurn) => Promise<Result>,
): Promise<Result> {
  const ids = new Set(turns.isShared ? [...writes.flatMap(idsOf), ...sessionIds] : []);
  for (let count = 1; count <= maxTurns; count += 1) {
    try {
      return await turns.run([...ids], work);
    } catch (error) {
      if (!(error instanceof TurnTooNarrow)) throw error;
      for (const id of error.ids) ids.add(id);
    }
  }
  throw new StoreUnavailable('The events changed as often as they were read: try again.');
}

/** What a write names: its event, its session, its trace. */
function idsOf(write: Write): string[] {
  const mark = traceOf(write)?.trace.mark;
  const ofTrace = mark === undefined ? [] : [mark];
  if (write.kind === 'moveTrace') return ofTrace;
  if (write.kind === 'deleteSession') return [write.sessionId];
  if ('event' in write) return [write.event.eventId, write.event.sessionId, ...ofTrace];
  return [write.eventId];
}
