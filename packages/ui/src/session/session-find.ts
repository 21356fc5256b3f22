import type { FindResult } from 'honeyhive-wire';
import { at, type SessionTree } from '../trace/session-tree.ts';

/** Where a text is in a session. */
export interface SessionHits {
  /** Indexes of the events that have it, in the order of the tree. */
  readonly events: readonly number[];
  /** What stands around it in the payload, by index of the event; without one the name has it. */
  readonly snippets: ReadonlyMap<number, string>;
  /** There are more than these. */
  readonly isCut: boolean;
}

export const noHits: SessionHits = { events: [], snippets: new Map(), isCut: false };

/** Shorter texts begin the ids of too many events. */
const minIdChars = 8;

/** Names, models and ids are searched here, at once; payloads on the server, whose answer may come later. */
export function findInSession(
  tree: SessionTree,
  text: string,
  found: FindResult | null,
): SessionHits {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return noHits;
  const { names, models, name, model, ids } = tree.columns;
  const hasText = (value: string) => value.toLowerCase().includes(wanted);
  const namesWithIt = names.map(hasText);
  const modelsWithIt = models.map(hasText);
  const snippets = new Map<number, string>();
  const indexes = found ? new Map(ids.map((id, index) => [id, index])) : new Map<string, number>();
  for (const hit of found?.hits ?? []) {
    const event = indexes.get(hit.event_id);
    if (event !== undefined && !snippets.has(event)) snippets.set(event, hit.snippet);
  }
  const isIdOf = (event: number) =>
    wanted.length >= minIdChars && ids[event]?.toLowerCase().startsWith(wanted) === true;
  const isHit = (event: number) =>
    namesWithIt[at(name, event)] ||
    modelsWithIt[at(model, event)] ||
    snippets.has(event) ||
    isIdOf(event);
  const events = Array.from(tree.event).filter((event) => event >= 0 && isHit(event));
  return { events, snippets, isCut: found?.truncated ?? false };
}

/** The hit after the selected event, or before it, round the end; -1 without any. `step` is 1 or -1. */
export function nextHit(
  hits: SessionHits,
  tree: SessionTree,
  from: { place: number; step: number },
): number {
  const { events } = hits;
  if (events.length === 0) return -1;
  const places = events.map((event) => at(tree.placeOf, event));
  if (from.step > 0) {
    const after = places.findIndex((place) => place > from.place);
    return events[Math.max(0, after)] ?? -1;
  }
  const before = places.findLastIndex((place) => place < from.place);
  return events.at(before) ?? -1;
}
