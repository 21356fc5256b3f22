import { Suspense, useMemo, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useSignedIn } from '../api/signed-in.ts';
import { formatCount, formatTotal } from '../format/number.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { goTo } from '../state/use-place.ts';
import { listText } from '../text/list.ts';
import { columnsFor, toColumns, withMatch } from './column.ts';
import type { Column } from './column.ts';
import { recallList, rememberScroll } from './list-moment.ts';
import { NoRows, PeekPane, RowPrefetch, SelectionBar } from './lazy-parts.ts';
import { ListFailure } from './list-failure.tsx';
import styles from './row-list.module.css';
import { extendSelection, noSelection, toggleRow } from './row-selection.ts';
import { RowTable } from './row-table.tsx';
import { useActiveRow } from './use-active-row.ts';
import { useListKeys } from './use-list-keys.ts';
import type { Row } from './row.ts';
import type { ListRows } from './use-list-rows.ts';
import type { ListState } from './use-list-state.ts';
import { useRowActions } from './use-row-actions.ts';
import { useMedia } from './use-viewport.ts';

interface RowListProps {
  readonly list: ListState;
  readonly rows: ListRows;
  readonly queryInput: RefObject<HTMLInputElement | null>;
  /** Replaces the message for empty lists. */
  readonly empty?: ReactNode;
  /** At the end of the line below the rows. */
  readonly note?: ReactNode;
  readonly isSortable?: boolean;
}

/** The rows of a list, with the one that is looked at beside them. */
export function RowList(props: RowListProps) {
  const { list, rows } = props;
  if (rows.isPending) return <Skeleton rows={16} />;
  if (rows.error && rows.rows.length === 0)
    return <ListFailure error={rows.error} onRetry={rows.retry} />;
  return (
    <div className={styles.list}>
      {rows.error && (
        <InlineError title={listText.rowsFailed} error={rows.error} onRetry={rows.retry} />
      )}
      {rows.rows.length === 0 ? (props.empty ?? <NoRows list={list} />) : <Rows {...props} />}
    </div>
  );
}

function Rows({ list, rows, queryInput, note, isSortable = true }: RowListProps) {
  const isNarrow = useMedia('(width < 640px)');
  const [{ scrollTop }] = useState(recallList);
  const [selection, setSelection] = useState(noSelection);
  const focus = useActiveRow(rows, list.peek);
  const frame = useRef<HTMLDivElement>(null);
  const hasMatches = rows.rows.some(({ match }) => match !== null);
  const columns = useShownColumns(list, { isNarrow, hasMatches });
  const order = rows.rows.map(({ event_id }) => event_id);
  const peek = (row: Row) => {
    focus.choose(row);
    list.setPeek(row.event_id, list.peek === null ? 'push' : 'replace');
  };
  const move = (step: number) => {
    const row = focus.step(step);
    document.querySelector<HTMLElement>('[data-list-grid]')?.focus({ preventScroll: true });
    if (row && list.peek !== null) list.setPeek(row.event_id, 'replace');
  };
  const pick = (row: Row, isRange: boolean) => {
    focus.choose(row);
    setSelection((now) =>
      isRange ? extendSelection(now, row.event_id, order) : toggleRow(now, row.event_id),
    );
  };
  const ids = order.filter((id) => selection.ids.has(id));
  const onKeyDown = useListKeys({
    list,
    rowCount: rows.rows.length,
    active: focus.active,
    queryInput,
    onMove: move,
    onPick: pick,
    onPeek: peek,
    onClose: () => (list.peek === null ? setSelection(noSelection) : list.setPeek(null)),
    onCompare: () => ids.length === 2 && goToComparison(list, ids),
  });
  const actions = useRowActions({ list, onPeek: peek, onPick: pick });
  return (
    <>
      <div ref={frame} className={styles.body}>
        <RowTable
          list={list}
          rows={rows.rows}
          columns={columns}
          rowCount={rows.total?.exact ? rows.total.count : null}
          activeId={focus.activeId}
          pickedIds={selection.ids}
          isStale={rows.isStale}
          isSortable={isSortable}
          actions={actions}
          initialScrollTop={scrollTop}
          onKeyDown={onKeyDown}
          onView={(view) => {
            rememberScroll(view.readScrollTop);
            if (view.end > rows.rows.length - loadBefore) rows.loadMore();
          }}
        />
        <Suspense>
          <RowPrefetch
            frame={frame}
            project={list.project.id}
            restingId={list.peek === null ? focus.activeId : null}
          />
        </Suspense>
        {list.peek !== null && (
          <Suspense>
            <PeekPane list={list} focus={focus} rows={rows} onMove={move} />
          </Suspense>
        )}
      </div>
      <Footer rows={rows} note={note} />
      {ids.length > 0 && <Picked list={list} ids={ids} onDone={() => setSelection(noSelection)} />}
    </>
  );
}

/** The same columns for as long as possible, so that rows are drawn once. */
function useShownColumns(
  { columns, kind, sort }: ListState,
  { isNarrow, hasMatches }: { readonly isNarrow: boolean; readonly hasMatches: boolean },
): readonly Column[] {
  return useMemo(() => {
    if (isNarrow) return toColumns(columnsFor(kind, sort.field, true), kind);
    return hasMatches ? withMatch(columns) : columns;
  }, [columns, kind, sort.field, isNarrow, hasMatches]);
}

/** Rows from the end at which the next ones are asked for. */
const loadBefore = 40;

const goToComparison = ({ project }: ListState, [a = '', b = '']: readonly string[]): void =>
  goTo(
    { screen: 'compare', project: project.name },
    { query: new URLSearchParams({ a, b }).toString() },
  );

function Picked(props: {
  readonly list: ListState;
  readonly ids: readonly string[];
  readonly onDone: () => void;
}) {
  const { data: signedIn } = useSignedIn();
  return (
    <Suspense>
      <SelectionBar {...props} canDelete={signedIn?.key.access === 'full'} />
    </Suspense>
  );
}

/** The number of loaded rows, and the state of the next page. */
function Footer({ rows, note }: { readonly rows: ListRows; readonly note: ReactNode }) {
  const { total, moreError, isLoadingMore } = rows;
  return (
    <footer className={styles.footer}>
      {moreError ? (
        <InlineError title={listText.moreFailed} error={moreError} onRetry={rows.retry} />
      ) : (
        total && (
          <span>
            {listText.loaded(formatCount(rows.rows.length), formatTotal(total))}
            {isLoadingMore && ` · ${listText.loadingMore}`}
          </span>
        )
      )}
      {note}
    </footer>
  );
}
