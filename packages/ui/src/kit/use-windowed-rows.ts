import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** Which rows of a long list are in the page. */
export interface WindowedRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  /** Rows that fit at once. */
  readonly pageRows: number;
  readonly onScroll: () => void;
  /** Scrolls as little as shows the row. */
  readonly show: (row: number) => void;
}

export interface WindowedRowsOptions {
  readonly count: number;
  /** Pixels; the same for every row. */
  readonly rowHeight: number;
  /** Pixels above the rows that stay while they scroll: the header. */
  readonly headHeight: number;
}

/** Rows beyond the edges that are there already when they come into sight. */
const spareRows = 12;

/** Rows of one height: only those in sight are in the page, so that the length of the list costs nothing. */
export function useWindowedRows({
  count,
  rowHeight,
  headHeight,
}: WindowedRowsOptions): WindowedRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, rows: 40 });
  const look = useCallback(() => {
    const box = scroller.current;
    if (box === null) return;
    const top = Math.floor(box.scrollTop / rowHeight);
    const rows = Math.max(1, Math.ceil((box.clientHeight - headHeight) / rowHeight));
    setSight((last) => (last.top === top && last.rows === rows ? last : { top, rows }));
  }, [rowHeight, headHeight]);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => observer.disconnect();
  }, [look]);
  const show = useCallback(
    (row: number) => {
      const box = scroller.current;
      if (box === null) return;
      const top = row * rowHeight;
      const bottom = top + rowHeight - (box.clientHeight - headHeight);
      if (box.scrollTop > top) box.scrollTop = top;
      else if (box.scrollTop < bottom) box.scrollTop = bottom;
      look();
    },
    [rowHeight, headHeight, look],
  );
  const first = Math.max(0, Math.min(sight.top, count - sight.rows) - spareRows);
  const end = Math.min(count, Math.max(0, sight.top) + sight.rows + spareRows);
  return { scroller, first, end, pageRows: Math.max(1, sight.rows - 1), onScroll: look, show };
}
