import { Suspense, useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { listText } from '../text/list.ts';
import { layOut } from './column.ts';
import type { Column } from './column.ts';
import { HeaderCell } from './header-cell.tsx';
import { HoverMenu } from './lazy-parts.ts';
import { manyOf } from './noun.ts';
import { findRowWindow, scrollToRow } from './row-window.ts';
import styles from './row-table.module.css';
import { TableRow } from './table-row.tsx';
import type { RowActions } from './table-row.tsx';
import type { ListSubject } from './use-list-subject.ts';
import type { ListPeriod } from './use-list-period.ts';
import type { ListView } from './use-list-view.ts';
import type { Row } from './row.ts';
import { useMedia, useViewport } from './use-viewport.ts';

/** What is in view. */
interface RowView {
  /** After the last row. */
  readonly end: number;
  /**
   * Where the list is, px; null when it is gone. To read it lays the page out, which the frame that scrolls has no time
   * for.
   */
  readonly readScrollTop: () => number | null;
}

export interface RowTableProps {
  readonly list: ListSubject & ListPeriod & ListView;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** Rows there are in all, those that are not loaded too; null when that is not known. */
  readonly rowCount: number | null;
  /** The row that the keys are at. */
  readonly activeId: string | null;
  readonly pickedIds: ReadonlySet<string>;
  /** The rows are those of the question before. */
  readonly isStale: boolean;
  /** Whether a click on a header sorts. */
  readonly isSortable: boolean;
  readonly actions: RowActions;
  /** Where the list begins, px. */
  readonly initialScrollTop: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Called with the rows in view, for what loads more. */
  readonly onView: (view: RowView) => void;
}

/** A list of rows of one height, of which those in view are in the page. */
export function RowTable(props: RowTableProps) {
  const { list, rows, columns, activeId, pickedIds, actions, onView } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useMedia('(pointer: coarse)') ? 40 : 32;
  const viewport = useViewport(scroller, { rowHeight, headerHeight: rowHeight });
  const { first, end } = findRowWindow({
    ...viewport,
    viewHeight: viewport.height,
    rowHeight,
    rowCount: rows.length,
  });
  const longestMs = useMemo(
    () => rows.reduce((most, row) => Math.max(most, row.duration_ms ?? 0), 0),
    [rows],
  );
  const { template, width } = useMemo(() => layOut(columns), [columns]);
  const activeIndex = rows.findIndex((row) => row.event_id === activeId);
  useInitialScroll(scroller, props.initialScrollTop, rows.length > 0);
  useView(scroller, onView, [end, viewport.scrollTop, rows.length]);
  const shownActive = useRef(activeId);
  useEffect(() => {
    // What the keys are at is in view; what is only being read stays where it is.
    if (shownActive.current === activeId || activeIndex < 0 || !scroller.current) return;
    shownActive.current = activeId;
    const { scrollTop, clientHeight } = scroller.current;
    const viewHeight = clientHeight - rowHeight;
    scroller.current.scrollTop = scrollToRow(activeIndex, { scrollTop, viewHeight, rowHeight });
  }, [activeId, activeIndex, rowHeight]);
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        tabIndex={0}
        data-list-grid
        onKeyDown={props.onKeyDown}
        aria-label={listText.table(manyOf(list.kind))}
        aria-rowcount={props.rowCount === null ? -1 : props.rowCount + 1}
        aria-multiselectable
        aria-busy={props.isStale}
        aria-activedescendant={
          activeIndex >= first && activeIndex < end ? `${id}-${activeIndex}` : undefined
        }
      >
        <div role="rowgroup" className={styles.head} style={{ minInlineSize: width }}>
          <HeaderRow {...props} template={template} />
        </div>
        <div
          role="rowgroup"
          className={styles.rows}
          style={{ blockSize: rows.length * rowHeight, minInlineSize: width }}
        >
          {rows.slice(first, end).map((row, index) => (
            <TableRow
              key={row.event_id}
              id={`${id}-${first + index}`}
              index={first + index}
              top={(first + index) * rowHeight}
              row={row}
              columns={columns}
              template={template}
              zone={list.zone}
              longestMs={longestMs}
              isActive={row.event_id === activeId}
              isPicked={pickedIds.has(row.event_id)}
              isPeeked={row.event_id === list.peek}
              actions={actions}
            />
          ))}
        </div>
      </div>
      <Suspense>
        <HoverMenu scroller={scroller} rows={rows} columns={columns} actions={actions} />
      </Suspense>
    </div>
  );
}

function HeaderRow({
  list,
  columns,
  isSortable,
  template,
}: RowTableProps & { readonly template: string }) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={styles.header}
      style={{ gridTemplateColumns: template }}
    >
      <span role="columnheader" className={styles.pickHeader}>
        <span className="visually-hidden">{listText.keys.pick}</span>
      </span>
      {columns.map((column) => (
        <HeaderCell key={column.id} column={column} list={list} isSortable={isSortable} />
      ))}
    </div>
  );
}

/** Tells what is in view, when that changes. */
function useView(
  scroller: RefObject<HTMLElement | null>,
  onView: RowTableProps['onView'],
  [end, scrollTop, rowCount]: readonly [number, number, number],
): void {
  const latest = useRef(onView);
  useEffect(() => {
    latest.current = onView;
  });
  useEffect(() => {
    latest.current({ end, readScrollTop: () => scroller.current?.scrollTop ?? null });
  }, [scroller, end, scrollTop, rowCount]);
}

/** Goes back to where the list was, once there are rows. */
function useInitialScroll(
  scroller: RefObject<HTMLElement | null>,
  scrollTop: number,
  hasRows: boolean,
): void {
  const isDone = useRef(false);
  useLayoutEffect(() => {
    if (isDone.current || !hasRows || !scroller.current) return;
    isDone.current = true;
    scroller.current.scrollTo(0, scrollTop);
  }, [scroller, scrollTop, hasRows]);
}
