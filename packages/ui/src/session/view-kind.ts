import { modelEventsOf } from './read-turn.ts';
import { at } from '../trace/session-tree.ts';
import { rootParent, type SkeletonColumns } from '../trace/skeleton.ts';

export const viewKinds = ['tree', 'thread'] as const;
export type SessionViewKind = (typeof viewKinds)[number];

export interface ViewKindInput {
  /** What the address says. */
  readonly asked: SessionViewKind | null;
  /** What the reader chose last, of whichever session. */
  readonly chosen: SessionViewKind | null;
  readonly columns: SkeletonColumns;
  /** The event that the address names. */
  readonly selectedId: string | null;
}

/** Fewer calls are no conversation, and a session with more events is no longer read from end to end. */
const fewestTurns = 2;
const mostEvents = 300;
/** Calls that the thread reads at once; as many more whenever one comes to the end of them. */
export const turnsPerStep = 12;

/**
 * How a session is shown: as the address says; else as its reader likes it, where there is a choice; else as a
 * conversation when it is one. What a link leads to is in sight either way.
 */
export function decideViewKind({
  asked,
  chosen,
  columns,
  selectedId,
}: ViewKindInput): SessionViewKind {
  if (asked !== null) return asked;
  const turns = modelEventsOf(columns);
  if (turns.length === 0 || chosen === 'tree' || !isInThread(columns, turns, selectedId))
    return 'tree';
  return chosen ?? (isConversation(columns, turns) ? 'thread' : 'tree');
}

/** The root calls a model repeatedly. Agents and pipelines are better shown as a tree. */
const isConversation = (columns: SkeletonColumns, turns: readonly number[]): boolean =>
  columns.ids.length <= mostEvents &&
  turns.filter((event) => isAtRoot(columns, event)).length >= fewestTurns;

function isAtRoot({ parent }: SkeletonColumns, event: number): boolean {
  const above = at(parent, event);
  return above === rootParent || (above >= 0 && at(parent, above) === rootParent);
}

function isInThread(
  { ids, parent }: SkeletonColumns,
  turns: readonly number[],
  selectedId: string | null,
): boolean {
  if (selectedId === null) return true;
  const event = ids.indexOf(selectedId);
  return (
    (event >= 0 && at(parent, event) === rootParent) || turns.slice(0, turnsPerStep).includes(event)
  );
}
