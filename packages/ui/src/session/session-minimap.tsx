import { useMemo } from 'react';
import { formatDuration } from '../format/duration.ts';
import { sessionText } from '../text/session.ts';
import { countErrors, countEvents } from './counted.ts';
import { toDensity, type SessionDensity } from './session-density.ts';
import styles from './session-minimap.module.css';
import { at } from '../trace/session-tree.ts';
import type { SkeletonColumns } from '../trace/skeleton.ts';
import type { TimeAxis, Zoom } from './time-axis.ts';
import { useDragRange } from './use-drag-range.ts';

export interface SessionMinimapProps {
  readonly columns: SkeletonColumns;
  readonly axis: TimeAxis;
  readonly zoom: Zoom;
  readonly spanMs: number;
  /** Middles of the events that find has hits in, in units of the axis. */
  readonly hits: readonly number[];
  readonly onZoom: (zoom: Zoom) => void;
}

const sliceCount = 320;
const height = 32;
const markHeight = 9;

/** The whole session in a strip: how much ran, where it failed, and what of it is shown. */
export function SessionMinimap({ columns, axis, zoom, spanMs, hits, onZoom }: SessionMinimapProps) {
  const density = useMemo(() => toDensity(columns, axis, sliceCount), [columns, axis]);
  const [strip, drag] = useDragRange({
    onDrag: ({ from, to }) => onZoom({ from: from * axis.length, to: to * axis.length }),
    onDoubleClick: () => onZoom({ from: 0, to: axis.length }),
  });
  const errors = columns.error.reduce((sum, error) => sum + error, 0);
  const percent = (units: number) => `${(units / axis.length) * 100}%`;
  const shown = drag ? { from: drag.from * axis.length, to: drag.to * axis.length } : zoom;
  return (
    <div
      ref={strip}
      role="img"
      aria-label={sessionText.minimap(
        countEvents(columns.ids.length),
        countErrors(errors),
        formatDuration(spanMs),
      )}
      className={styles.minimap}
    >
      <svg viewBox={`0 0 ${sliceCount} ${height}`} preserveAspectRatio="none" aria-hidden>
        <path className={styles.running} d={toOutline(density)} />
        <path className={styles.errors} d={toMarks(density)} />
      </svg>
      {hits.map((middle) => (
        <span key={middle} className={styles.hit} style={{ insetInlineStart: percent(middle) }} />
      ))}
      <span className={styles.outside} style={{ inlineSize: percent(shown.from) }} />
      <span
        className={styles.outside}
        style={{ inlineSize: percent(axis.length - shown.to), insetInlineStart: percent(shown.to) }}
      />
    </div>
  );
}

/** Square roots: one event among forty at once is still seen. */
function toOutline({ running, most }: SessionDensity): string {
  const steps = Array.from(running, (count, slice) => {
    const top = height - Math.sqrt(count / Math.max(1, most)) * (height - 4);
    return `L${slice} ${top.toFixed(1)}H${slice + 1}`;
  });
  return `M0 ${height}${steps.join('')}L${sliceCount} ${height}Z`;
}

function toMarks({ errors }: SessionDensity): string {
  return Array.from(errors.keys())
    .filter((slice) => at(errors, slice) > 0)
    .map((slice) => `M${slice} 0h1v${markHeight}h-1z`)
    .join('');
}
