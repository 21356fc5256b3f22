import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import { windowOf, type RowWindow } from './row-window.ts';

/** The scroll container of this element; the page by default. */
function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (overflowY === 'auto' || overflowY === 'scroll') return at;
  }
  return document.documentElement;
}

/** So few rows are all drawn: a conversation may have hundreds of small trees, and none of them has to listen. */
const fewRows = 60;

/**
 * Which rows of a list to draw when its scroll container scrolls or resizes. The list has no scroll bar, and two lists
 * can share one panel.
 */
export function useRowWindow(
  ref: RefObject<HTMLElement | null>,
  rowCount: number,
  rowHeight: number,
): RowWindow {
  const [rows, setRows] = useState<RowWindow>({ first: 0, end: Math.min(rowCount, fewRows) });
  useLayoutEffect(() => {
    const list = ref.current;
    if (list === null || rowCount <= fewRows) return;
    const scroller = scrollerOf(list);
    const update = () => {
      const view = scroller.getBoundingClientRect();
      const viewTop = Math.max(0, view.top);
      const next = windowOf({
        rowCount,
        rowHeight,
        listTop: list.getBoundingClientRect().top - viewTop,
        viewHeight: Math.min(window.innerHeight, view.bottom) - viewTop,
      });
      setRows((old) => (old.first === next.first && old.end === next.end ? old : next));
    };
    update();
    const sizes = new ResizeObserver(update);
    sizes.observe(scroller);
    // Content above it may grow.
    sizes.observe(list);
    if (list.parentElement) sizes.observe(list.parentElement);
    document.addEventListener('scroll', update, { capture: true, passive: true });
    window.addEventListener('resize', update);
    return () => {
      sizes.disconnect();
      document.removeEventListener('scroll', update, { capture: true });
      window.removeEventListener('resize', update);
    };
  }, [ref, rowCount, rowHeight]);
  return rowCount <= fewRows ? { first: 0, end: rowCount } : rows;
}
