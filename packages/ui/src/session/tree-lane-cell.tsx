import { formatDuration } from '../format/duration.ts';
import { sessionText } from '../text/session.ts';
import { toPlaceSpan } from './place-span.ts';
import { at, type SessionTree } from '../trace/session-tree.ts';
import type { TimeAxis, Zoom } from './time-axis.ts';
import styles from './treegrid.module.css';

export interface TreeLaneCellProps {
  readonly tree: SessionTree;
  readonly place: number;
  readonly axis: TimeAxis;
  readonly zoom: Zoom;
  readonly spanMs: number;
}

/** When a row ran, as a bar; and in words. */
export function TreeLaneCell({ tree, place, axis, zoom, spanMs }: TreeLaneCellProps) {
  const { from, to, isOpen } = toPlaceSpan(tree, place, spanMs);
  const width = zoom.to - zoom.from;
  const left = Math.max(-0.01, (axis.toUnits(from) - zoom.from) / width);
  const right = Math.min(1.01, (axis.toUnits(to) - zoom.from) / width);
  const duration = isOpen ? sessionText.running : formatDuration(to - from);
  return (
    <div role="gridcell" className={styles.lane}>
      {left <= 1 && right >= 0 && (
        <span
          className={styles.bar}
          {...lookOf(tree, place)}
          data-open={isOpen || undefined}
          style={{ insetInlineStart: `${left * 100}%`, inlineSize: `${(right - left) * 100}%` }}
        />
      )}
      <span className="visually-hidden">
        {sessionText.startsAt(duration, formatDuration(from))}
      </span>
    </div>
  );
}

function lookOf(tree: SessionTree, place: number) {
  const { columns } = tree;
  const folded = tree.folded.get(place);
  if (folded)
    return { 'data-type': folded.kind === 'run' ? folded.type : undefined, 'data-folded': true };
  const event = at(tree.event, place);
  return {
    'data-type': columns.types[at(columns.type, event)],
    'data-error': at(columns.error, event) > 0 || undefined,
  };
}
