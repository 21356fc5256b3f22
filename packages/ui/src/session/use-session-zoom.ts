import { useCallback, useMemo } from 'react';
import { flagParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { toPlaceSpan } from './place-span.ts';
import { at, type SessionTree } from '../trace/session-tree.ts';
import {
  findIdleTime,
  shifted,
  TimeAxis,
  toSpanMs,
  zoomBy,
  type IdleTime,
  type Zoom,
} from './time-axis.ts';
import { zoomParam } from './zoom-param.ts';

export interface SessionZoom {
  readonly axis: TimeAxis;
  readonly zoom: Zoom;
  readonly spanMs: number;
  readonly idle: IdleTime;
  readonly isWhole: boolean;
  readonly isCompressed: boolean;
  readonly setCompressed: (isCompressed: boolean) => void;
  readonly setZoom: (zoom: Zoom) => void;
  readonly reset: () => void;
  /** Zooms round the middle, or round a point of what is shown, 0 to 1. */
  readonly by: (factor: number, aroundRatio?: number) => void;
  /** Moves by a part of what is shown. */
  readonly pan: (ratio: number) => void;
  /** Shows the time of a row; shows that of all below it when the row's own is shown already. */
  readonly fit: (place: number) => void;
}

/** What of the session's time is shown; kept in the address. */
export function useSessionZoom(tree: SessionTree): SessionZoom {
  const { columns } = tree;
  const [shown, setShown] = useQueryState('z', zoomParam);
  const [isCompressed, setCompressed] = useQueryState('gaps', flagParam);
  const spanMs = useMemo(() => toSpanMs(columns), [columns]);
  const idle = useMemo(() => findIdleTime(columns, spanMs), [columns, spanMs]);
  const axis = useMemo(
    () => new TimeAxis(spanMs, isCompressed ? idle.gaps : []),
    [spanMs, isCompressed, idle],
  );
  const zoom = useMemo(
    () =>
      shown === null
        ? { from: 0, to: axis.length }
        : shifted({ from: axis.toUnits(shown.from), to: axis.toUnits(shown.to) }, 0, axis.length),
    [axis, shown],
  );
  const setZoom = useCallback(
    ({ from, to }: Zoom) => {
      const isWhole = from <= 0 && to >= axis.length;
      setShown(isWhole ? null : { from: axis.toMs(from), to: axis.toMs(to) }, 'replace');
    },
    [axis, setShown],
  );
  return useMemo(() => {
    const width = zoom.to - zoom.from;
    return {
      axis,
      zoom,
      spanMs,
      idle,
      isCompressed,
      setZoom,
      isWhole: shown === null,
      setCompressed: (value: boolean) => setCompressed(value, 'replace'),
      reset: () => setShown(null, 'replace'),
      by: (factor: number, aroundRatio = 0.5) =>
        setZoom(
          zoomBy(zoom, { factor, around: zoom.from + width * aroundRatio, length: axis.length }),
        ),
      pan: (ratio: number) => setZoom(shifted(zoom, width * ratio, axis.length)),
      fit: (place: number) => {
        const own = padded(tree, [place], { axis, spanMs });
        const isShown = Math.abs(own.from - zoom.from) + Math.abs(own.to - zoom.to) < width / 1000;
        const below = Array.from({ length: at(tree.size, place) }, (_, index) => place + index);
        setZoom(isShown ? padded(tree, below, { axis, spanMs }) : own);
      },
    };
  }, [axis, zoom, spanMs, idle, isCompressed, shown, setZoom, setShown, setCompressed, tree]);
}

/** The time of some rows with a little room at both ends. */
function padded(
  tree: SessionTree,
  places: readonly number[],
  { axis, spanMs }: { readonly axis: TimeAxis; readonly spanMs: number },
): Zoom {
  let from = axis.length;
  let to = 0;
  for (const place of places) {
    const span = toPlaceSpan(tree, place, spanMs);
    from = Math.min(from, axis.toUnits(span.from));
    to = Math.max(to, axis.toUnits(span.to));
  }
  const room = Math.max((to - from) * 0.05, axis.length / 10_000);
  return { from: Math.max(0, from - room), to: Math.min(axis.length, to + room) };
}
