import type { WireEvent } from 'honeyhive-wire';
import type { AnswerOf, Call } from '../calls/handler.ts';
import { namesOf } from '../calls/wire-names.ts';
import type { NameServices } from '../calls/wire-names.ts';
import type { EventReads } from '../domain/event-store.ts';
import { buildTree, treeToWire } from '../domain/session-tree.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { toWireEvent, toWireSession } from '../domain/wire-event.ts';
import { mapInTurns } from '../map-in-turns.ts';

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
  const toChild = (event: StoredEvent): WireEvent => toWireEvent(event, names);
  const children = new Map(await mapInTurns(events, (event) => [event, toChild(event)]));
  return treeToWire(tree, {
    root: (event) => toWireSession(event, rollup ?? null, names),
    child: (event) => children.get(event) ?? toChild(event),
  });
}
