import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** A stretch of a strip: its ends as parts of the width, 0 to 1, in order. */
export interface DragRange {
  readonly from: number;
  readonly to: number;
}

interface DragListeners {
  readonly onDrag: (range: DragRange) => void;
  readonly onDoubleClick: () => void;
}

/** Shorter drags are clicks. */
const shortest = 0.005;

/** Lets a stretch be dragged out of a strip; tells what is being dragged. Keys must offer the same elsewhere. */
export function useDragRange(
  listeners: DragListeners,
): readonly [RefObject<HTMLDivElement | null>, DragRange | null] {
  const strip = useRef<HTMLDivElement>(null);
  const latest = useRef(listeners);
  const [range, setRange] = useState<DragRange | null>(null);
  useEffect(() => {
    latest.current = listeners;
  });
  useEffect(
    () => (strip.current ? listenForDrags(strip.current, { latest, setRange }) : undefined),
    [],
  );
  return [strip, range];
}

interface DragTarget {
  readonly latest: RefObject<DragListeners>;
  readonly setRange: (range: DragRange | null) => void;
}

function listenForDrags(strip: HTMLDivElement, { latest, setRange }: DragTarget): () => void {
  let start: number | null = null;
  const ratioOf = (event: PointerEvent) => {
    const box = strip.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const rangeTo = (from: number, event: PointerEvent): DragRange => {
    const here = ratioOf(event);
    return { from: Math.min(from, here), to: Math.max(from, here) };
  };
  const end = () => {
    start = null;
    setRange(null);
  };
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const down = (event: PointerEvent) => {
    strip.setPointerCapture(event.pointerId);
    start = ratioOf(event);
  };
  const move = (event: PointerEvent) => {
    if (start !== null) setRange(rangeTo(start, event));
  };
  const up = (event: PointerEvent) => {
    if (start === null) return;
    const range = rangeTo(start, event);
    end();
    if (range.to - range.from > shortest) latest.current.onDrag(range);
  };
  strip.addEventListener('pointerdown', down, options);
  strip.addEventListener('pointermove', move, options);
  strip.addEventListener('pointerup', up, options);
  strip.addEventListener('pointercancel', end, options);
  strip.addEventListener('dblclick', () => latest.current.onDoubleClick(), options);
  return () => controller.abort();
}
