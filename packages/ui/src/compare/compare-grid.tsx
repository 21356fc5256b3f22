import { useEffect, useMemo } from 'react';
import type { KeyboardEvent, MouseEvent, RefObject } from 'react';
import type { Skeleton } from 'honeyhive-wire';
import { formatDuration } from '../format/duration.ts';
import { formatCost } from '../format/cost.ts';
import { formatCount } from '../format/number.ts';
import { EventTypeIcon } from '../kit/event-type-icon.tsx';
import { at } from '../trace/session-tree.ts';
import { useWindowedRows } from '../kit/use-windowed-rows.ts';
import { compareText } from '../text/compare.ts';
import type { ComparedRow } from './align-sessions.ts';
import styles from './compare.module.css';
import { formatDelta, toDelta } from './delta.ts';
import { showName } from '../kit/shown-text.ts';

export interface CompareGridProps {
  readonly rows: readonly ComparedRow[];
  readonly before: Skeleton;
  readonly after: Skeleton;
  readonly selected: number;
  readonly onSelect: (row: number) => void;
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

const headHeight = 27;
const toRowHeight = () => (window.matchMedia('(pointer: coarse)').matches ? 40 : 28);
const deepest = 20;
const stepOf: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The steps of both sessions, those of only one marked. */
export function CompareGrid(props: CompareGridProps) {
  const { rows, selected, onSelect } = props;
  const rowHeight = useMemo(() => toRowHeight(), []);
  const { scroller, first, end, onScroll, show } = useWindowedRows({
    count: rows.length,
    rowHeight,
    headHeight,
  });
  useEffect(() => show(selected), [show, selected]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onSelect(selected + step);
  };
  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    if (row) onSelect(Number(row.getAttribute('data-row')));
  };
  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label={compareText.events}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={
        selected >= first && selected < end ? `compared-${selected}` : undefined
      }
      tabIndex={0}
      className={styles.grid}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <Head />
      <div role="rowgroup" className={styles.body} style={{ blockSize: rows.length * rowHeight }}>
        {rows.slice(first, end).map((row, index) => (
          <Row
            key={first + index}
            {...props}
            row={row}
            index={first + index}
            rowHeight={rowHeight}
          />
        ))}
      </div>
    </div>
  );
}

function Head() {
  const { name, duration, tokens, cost, before, after, delta } = compareText;
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        <span role="columnheader">{name}</span>
        <span role="columnheader">{`${duration} ${before}`}</span>
        <span role="columnheader">{`${duration} ${after}`}</span>
        <span role="columnheader">{delta}</span>
        <span role="columnheader">{`${tokens} ±`}</span>
        <span role="columnheader">{`${cost} ±`}</span>
      </div>
    </div>
  );
}

interface RowProps extends CompareGridProps {
  readonly row: ComparedRow;
  readonly index: number;
  readonly rowHeight: number;
}

function Row({ row, index, rowHeight, before, after, selected }: RowProps) {
  const [columns, event] = row.before >= 0 ? [before, row.before] : [after, row.after];
  const side = row.after < 0 ? 'before' : row.before < 0 ? 'after' : 'both';
  const type = columns.types[at(columns.type, event)] ?? '';
  const numbers = (column: 'duration' | 'tokens' | 'cost') =>
    [
      row.before < 0 ? -1 : at(before[column], row.before),
      row.after < 0 ? -1 : at(after[column], row.after),
    ] as const;
  const [durationBefore, durationAfter] = numbers('duration');
  return (
    <div
      role="row"
      id={`compared-${index}`}
      className={styles.row}
      data-row={index}
      data-side={side}
      aria-level={row.depth + 1}
      aria-rowindex={index + 2}
      aria-selected={index === selected}
      style={{ transform: `translateY(${index * rowHeight}px)`, blockSize: rowHeight }}
    >
      <span
        role="gridcell"
        className={styles.name}
        style={{ paddingInlineStart: 8 + Math.min(row.depth, deepest) * 14 }}
      >
        <EventTypeIcon type={type} />
        <span className="visually-hidden">{type}</span>
        <span className={styles.label}>
          {showName(columns.names[at(columns.name, event)] ?? '')}
        </span>
        {side !== 'both' && (
          <span className={styles.badge}>
            {side === 'before' ? compareText.onlyBefore : compareText.onlyAfter}
          </span>
        )}
      </span>
      <span role="gridcell">{durationBefore >= 0 && formatDuration(durationBefore)}</span>
      <span role="gridcell">{durationAfter >= 0 && formatDuration(durationAfter)}</span>
      <span role="gridcell">
        {formatDelta(toDelta(durationBefore, durationAfter), formatDuration)}
      </span>
      <span role="gridcell">{formatDelta(toDelta(...numbers('tokens')), formatCount)}</span>
      <span role="gridcell">{formatDelta(toDelta(...numbers('cost')), formatCost)}</span>
    </div>
  );
}
