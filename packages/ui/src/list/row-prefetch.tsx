import { useEffect } from 'react';
import type { RefObject } from 'react';
import { usePrefetchEvent } from '../detail/event-query.ts';
import { useHoverPrefetch } from '../detail/use-hover-prefetch.ts';

interface RowPrefetchProps {
  /** What the rows are in. */
  readonly frame: RefObject<HTMLElement | null>;
  readonly project: string;
  /** The active row; null if its detail is already open, or no row is active. */
  readonly restingId: string | null;
}

const idAt = (element: Element): string | null =>
  element.closest('[data-row]')?.getAttribute('data-row') ?? null;

/** Loads the detail of a row before it is opened. Shows nothing. */
export function RowPrefetch({ frame, project, restingId }: RowPrefetchProps) {
  const prefetch = usePrefetchEvent(project);
  const { rest } = prefetch;
  useHoverPrefetch(frame, prefetch, idAt);
  useEffect(() => {
    if (restingId !== null) rest(restingId);
  }, [rest, restingId]);
  return null;
}
