import { useEffect, useMemo } from 'react';
import type { KeyboardEvent, MouseEvent, RefObject } from 'react';
import { formatDuration } from '../format/duration.ts';
import { sessionText } from '../text/session.ts';
import { rowOf } from './open-rows.ts';
import { at } from '../trace/session-tree.ts';
import { toTicks, type TimeAxis, type Zoom } from './time-axis.ts';
import type { TreeMove } from './tree-move.ts';
import { rowId, TreeRow } from './tree-row.tsx';
import styles from './treegrid.module.css';
import type { TreeControl } from './use-tree-state.ts';
import { useWindowedRows } from '../kit/use-windowed-rows.ts';

export interface SessionTreegridProps {
  readonly control: TreeControl;
  readonly axis: TimeAxis;
  readonly zoom: Zoom;
  readonly spanMs: number;
  /** Indexes of the events in which find has a hit. */
  readonly hits: ReadonlySet<number>;
  /** Enter: on to the detail of the selected event. */
  readonly onEnter: () => void;
  /** What takes the focus when the screen gives it to the tree. */
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

const headHeight = 27;
/** Pixels; fingers need more than pointers. */
const toRowHeight = () => (window.matchMedia('(pointer: coarse)').matches ? 40 : 26);

const moveOfKey: Readonly<Record<string, TreeMove>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'collapse',
  ArrowRight: 'expand',
  PageDown: 'page-down',
  PageUp: 'page-up',
  Home: 'first',
  End: 'last',
};

/** The tree of a session and its waterfall: two columns of the same rows, of which only those in sight are there. */
export function SessionTreegrid(props: SessionTreegridProps) {
  const { control, axis, zoom, spanMs, hits, gridRef } = props;
  const { tree, open, rows, selected } = control.state;
  const rowHeight = useMemo(() => toRowHeight(), []);
  const windowed = useWindowedRows({ count: rows.length, rowHeight, headHeight });
  const selectedRow = rowOf(rows, selected);
  const { show, scroller } = windowed;
  useEffect(() => show(selectedRow), [show, selectedRow]);
  useEffect(() => {
    gridRef.current = scroller.current;
  }, [gridRef, scroller]);
  const places = Array.from(rows.subarray(windowed.first, windowed.end));
  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label={sessionText.tree}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={places.includes(selected) ? rowId(selected) : undefined}
      tabIndex={0}
      className={styles.grid}
      onScroll={windowed.onScroll}
      onKeyDown={(event) => onKey(event, props, windowed.pageRows)}
      onClick={(event) => onClick(event, control)}
    >
      <Head axis={axis} zoom={zoom} />
      <div role="rowgroup" className={styles.body} style={{ blockSize: rows.length * rowHeight }}>
        {places.map((place, index) => (
          <TreeRow
            key={place}
            tree={tree}
            place={place}
            row={windowed.first + index}
            rowHeight={rowHeight}
            isOpen={at(open, place) === 1}
            isSelected={place === selected}
            isHit={hits.has(at(tree.event, place))}
            axis={axis}
            zoom={zoom}
            spanMs={spanMs}
          />
        ))}
      </div>
    </div>
  );
}

function onKey(event: KeyboardEvent, props: SessionTreegridProps, pageRows: number): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter') {
    event.preventDefault();
    return props.onEnter();
  }
  const move = moveOfKey[event.key];
  if (move === undefined) return;
  event.preventDefault();
  props.control.move(event.shiftKey ? (shifted[move] ?? move) : move, pageRows);
}

const shifted: Partial<Record<TreeMove, TreeMove>> = {
  collapse: 'collapse-siblings',
  expand: 'expand-siblings',
};

function onClick(event: MouseEvent, control: TreeControl): void {
  if (!(event.target instanceof Element)) return;
  const row = event.target.closest<HTMLElement>('[data-place]');
  if (row === null) return;
  const place = Number(row.dataset['place']);
  if (event.target.closest('[data-twisty]') !== null) control.toggle(place);
  else control.select(place);
}

/** Share of the lane after which a tick has no words: they would be cut at its end. */
const lastLabel = 0.8;

function Head({ axis, zoom }: { readonly axis: TimeAxis; readonly zoom: Zoom }) {
  const fromMs = axis.toMs(zoom.from);
  const toMs = axis.toMs(zoom.to);
  const { columns } = sessionText;
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        <span role="columnheader" className={styles.headName}>
          {columns.name}
        </span>
        <span role="columnheader" className={styles.number}>
          {columns.duration}
        </span>
        <span role="columnheader" className={styles.tokens}>
          {columns.tokens}
        </span>
        <span role="columnheader" className={styles.cost}>
          {columns.cost}
        </span>
        <span role="columnheader" className={styles.headLane}>
          <span className="visually-hidden">{columns.lane}</span>
          {toTicks(fromMs, toMs, 4).map((tick) => {
            const place = (axis.toUnits(tick) - zoom.from) / (zoom.to - zoom.from);
            return (
              <span
                key={tick}
                aria-hidden
                className={styles.tick}
                style={{ insetInlineStart: `${place * 100}%` }}
              >
                {place <= lastLabel && formatDuration(tick)}
              </span>
            );
          })}
        </span>
      </div>
    </div>
  );
}
