import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';

/** Where a scroller is; both px. */
export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
}

/** Position and height of a scroller; changes by less than a row make no new render. */
export function useViewport(
  scroller: RefObject<HTMLElement | null>,
  { rowHeight, headerHeight }: { readonly rowHeight: number; readonly headerHeight: number },
): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ scrollTop: 0, height: 800 });
  const read = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const scrollTop = Math.floor(element.scrollTop / rowHeight) * rowHeight;
    const height = element.clientHeight - headerHeight;
    setViewport((before) =>
      before.scrollTop === scrollTop && before.height === height ? before : { scrollTop, height },
    );
  }, [scroller, rowHeight, headerHeight]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(read);
    observer.observe(element);
    // Rows of the frame that scrolled: later, they would be laid out a second time, and missing until then.
    const onScroll = () => flushSync(read);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, read]);
  return viewport;
}

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
