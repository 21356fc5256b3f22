import type { RowsPage } from 'honeyhive-wire';
import { useEffect, useMemo } from 'react';
import { useRows } from '../api/rows.ts';
import type { RowsInput } from '../api/rows.ts';
import type { Place } from '../state/place.ts';
import { findNeighbours } from './list-neighbours.ts';
import type { Neighbours } from './list-neighbours.ts';
import type { Row } from './row.ts';
import { placeOf } from './row-place.ts';

/** The list that was last on the screen: what previous and next walk through. */
let walked: { readonly project: string; readonly input: RowsInput } | null = null;

/** Notes which list is on the screen, by the name of its project. */
export const rememberWalk = (project: string, input: RowsInput): void => {
  walked = { project, input };
};

/** A neighbour in the list: where it is, and its query. */
export interface WalkStep {
  readonly to: Place;
  readonly query: string;
}

export interface ListWalk {
  readonly previous: WalkStep | null;
  readonly next: WalkStep | null;
  /** From 1; null when one did not come from a list. */
  readonly position: number | null;
}

const nowhere: RowsInput = { scope: 'sessions', limit: 1 };
const noRows: RowsPage['rows'] = [];

/**
 * The neighbours of a session, or of an event, in the very list that it was opened from, beyond what was loaded there.
 *
 * @param project name of the project
 * @param opened the event counts when the list was one of events
 */
export function useListWalk(
  project: string,
  opened: { readonly session: string; readonly event: string | null },
): ListWalk {
  const walk = walked?.project === project ? walked : null;
  const result = useRows(walk?.input ?? nowhere, { isEnabled: walk !== null });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = result;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? noRows, [data]);
  const found = findNeighbours(rows, idInList(walk?.input, opened));
  const wantsMore = found.isNearEnd && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (wantsMore) void fetchNextPage();
  }, [wantsMore, fetchNextPage]);
  return walk === null ? notInList : toWalk(project, found);
}

const notInList: ListWalk = { previous: null, next: null, position: null };

function toWalk(project: string, { previous, next, index }: Neighbours<Row>): ListWalk {
  if (index < 0) return notInList;
  return {
    previous: previous && placeOf(project, previous),
    next: next && placeOf(project, next),
    position: index + 1,
  };
}

const idInList = (
  input: RowsInput | undefined,
  { session, event }: { readonly session: string; readonly event: string | null },
): string => (input?.scope === 'events' ? (event ?? session) : session);
