import type { IdHome, IdPlace } from '../domain/id-home.ts';
import { isRoot } from '../domain/stored-event.ts';
import type { EventHead } from '../domain/stored-event.ts';

/** One place for each project: what its root says of a session, or any of its events where there is no root. */
export function toPlaces(heads: readonly EventHead[]): IdPlace[] {
  const places = new Map<string, EventHead>();
  for (const head of heads) {
    if (isRoot(head) || !places.has(head.projectId)) places.set(head.projectId, head);
  }
  return [...places.values()];
}

export const isIn = (home: IdHome, { projectId }: EventHead): boolean =>
  home.kind === 'found' && home.projectId === projectId;
