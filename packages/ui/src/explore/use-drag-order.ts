import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** Lets the children of a list, each with `data-drag`, be dragged to another place among them. */
export function useDragOrder(
  list: RefObject<HTMLElement | null>,
  onMove: (id: string, place: number) => void,
): void {
  const move = useRef(onMove);
  useEffect(() => {
    move.current = onMove;
  });
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    let dragged: string | null = null;
    const rowOf = (event: Event) =>
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drag]') : null;
    const controller = new AbortController();
    const { signal } = controller;
    element.addEventListener(
      'dragstart',
      (event) => (dragged = rowOf(event)?.dataset['drag'] ?? null),
      { signal },
    );
    element.addEventListener('dragend', () => (dragged = null), { signal });
    element.addEventListener(
      'dragover',
      (event) => {
        const over = rowOf(event);
        if (dragged === null || !over) return;
        event.preventDefault();
        if (over.dataset['drag'] !== dragged)
          move.current(dragged, [...element.children].indexOf(over));
      },
      { signal },
    );
    return () => controller.abort();
  }, [list]);
}
