import { at, type SessionTree } from '../trace/session-tree.ts';

/** When the row of a place began and ended, in milliseconds after the origin. */
export interface PlaceSpan {
  readonly from: number;
  readonly to: number;
  /** It had not ended when the session was read. */
  readonly isOpen: boolean;
}

/** A folded row spans what it holds. */
export function toPlaceSpan(tree: SessionTree, place: number, spanMs: number): PlaceSpan {
  const event = at(tree.event, place);
  if (event >= 0) return toEventSpan(tree, event, spanMs);
  let from = spanMs;
  let to = 0;
  let isOpen = false;
  for (let member = place + 1; member < place + at(tree.size, place); member += 1) {
    if (at(tree.event, member) < 0) continue;
    const span = toEventSpan(tree, at(tree.event, member), spanMs);
    from = Math.min(from, span.from);
    to = Math.max(to, span.to);
    isOpen ||= span.isOpen;
  }
  return { from, to, isOpen };
}

function toEventSpan({ columns }: SessionTree, event: number, spanMs: number): PlaceSpan {
  const from = at(columns.start, event);
  const duration = at(columns.duration, event);
  // Sessions rarely have an end time: the end of the last event is used.
  if (duration < 0 && columns.types[at(columns.type, event)] === 'session')
    return { from, to: spanMs, isOpen: false };
  return duration < 0
    ? { from, to: spanMs, isOpen: true }
    : { from, to: from + duration, isOpen: false };
}
