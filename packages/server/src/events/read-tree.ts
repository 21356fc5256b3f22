import type { AnswerOf, Call } from '../calls/handler.ts';
import { namesOf } from '../calls/wire-names.ts';
import type { NameServices } from '../calls/wire-names.ts';
import type { EventReads } from '../domain/event-store.ts';
import { buildTree, treeToWire } from '../domain/session-tree.ts';
import { toWireEvent, toWireSession } from '../domain/wire-event.ts';

/** Most events that one session tree holds. */
const maxTreeEvents = 100_000;

export interface TreeServices extends NameServices {
  readonly events: Pick<EventReads, 'readSession' | 'readRollups'>;
}

/** The tree of a session, its root with the sums; null when there is no such session. */
export async function readTree(
  call: Pick<Call<'getSessionTree'>, 'access'>,
  services: TreeServices,
  { projectId, sessionId }: { projectId: string; sessionId: string },
): Promise<AnswerOf<'getSessionTree'> | null> {
  const events = await services.events.readSession([projectId], sessionId, maxTreeEvents);
  const tree = buildTree(events);
  if (!tree) return null;
  const [rollup] = await services.events.readRollups([tree.event.projectId], [sessionId]);
  const names = namesOf(call, services);
  return treeToWire(tree, {
    root: (event) => toWireSession(event, rollup ?? null, names),
    child: (event) => toWireEvent(event, names),
  });
}
