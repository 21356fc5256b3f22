import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { PrefetchEvent } from './event-query.ts';

/**
 * Loads the events that the pointer stays on.
 *
 * @param idAt id of the event that an element in the frame belongs to; null for none
 */
export function useHoverPrefetch(
  frame: RefObject<HTMLElement | null>,
  { hover, leave }: PrefetchEvent,
  idAt: (element: Element) => string | null,
): void {
  const latest = useRef(idAt);
  useEffect(() => {
    latest.current = idAt;
  });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const controller = new AbortController();
    const options = { passive: true, signal: controller.signal };
    element.addEventListener(
      'pointerover',
      ({ pointerType, target }) => {
        if (pointerType !== 'mouse' || !(target instanceof Element)) return;
        const id = latest.current(target);
        if (id === null) leave();
        else hover(id);
      },
      options,
    );
    element.addEventListener('pointerleave', leave, options);
    // What runs past below the pointer is not looked at.
    element.addEventListener('scroll', leave, { ...options, capture: true });
    return () => controller.abort();
  }, [frame, hover, leave]);
}
