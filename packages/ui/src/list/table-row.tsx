import { memo } from 'react';
import type { MouseEvent } from 'react';
import { classNames } from '../kit/class-names.ts';
import { listText } from '../text/list.ts';
import { renderCell, StatusIcon, TypeIcon } from './cell.tsx';
import type { Column } from './column.ts';
import styles from './table-row.module.css';
import type { Row } from './row.ts';
import type { ValueActions } from './value-menu.tsx';
import { showName } from '../kit/shown-text.ts';

/** What can be done with a row; the same object for as long as possible, so that rows are drawn once. */
export interface RowActions extends ValueActions {
  readonly hrefOf: (row: Row) => string;
  readonly onPeek: (row: Row) => void;
  readonly onPick: (row: Row, isRange: boolean) => void;
}

interface TableRowProps {
  readonly id: string;
  readonly index: number;
  /** Place in the list, px. */
  readonly top: number;
  readonly row: Row;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly zone: string;
  readonly longestMs: number;
  readonly isActive: boolean;
  readonly isPicked: boolean;
  readonly isPeeked: boolean;
  readonly actions: RowActions;
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** One row: a link all over, which a plain click previews and any other click opens as links are opened. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { id, row, columns, zone, longestMs, isActive, isPicked, isPeeked, actions } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={isPicked}
      data-row={row.event_id}
      className={classNames(
        styles.row,
        isActive && styles.active,
        isPicked && styles.picked,
        isPeeked && styles.peeked,
      )}
      style={{ transform: `translateY(${props.top}px)`, gridTemplateColumns: props.template }}
    >
      <span role="gridcell" className={styles.pick}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isPicked}
          aria-label={listText.select(showName(row.event_name))}
          onClick={({ shiftKey }) => actions.onPick(row, shiftKey)}
        />
      </span>
      {columns.map((column) => (
        <span
          key={column.id}
          role="gridcell"
          data-column={column.id}
          className={classNames(styles.cell, column.isNumber && styles.number)}
        >
          {column.id === 'name' ? (
            <NameCell row={row} columns={columns} actions={actions} />
          ) : (
            renderCell(column, row, { zone, longestMs })
          )}
        </span>
      ))}
    </div>
  );
});

function NameCell({ row, columns, actions }: Pick<TableRowProps, 'row' | 'columns' | 'actions'>) {
  const hasStatus = columns.some(({ id }) => id === 'status');
  // Where all rows are sessions, an icon on each says nothing.
  const isMixed = columns.some(({ id }) => id === 'type');
  return (
    <a
      className={styles.name}
      tabIndex={-1}
      href={actions.hrefOf(row)}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        actions.onPeek(row);
      }}
    >
      {(isMixed || row.event_type !== 'session') && <TypeIcon type={row.event_type} />}
      <span className={styles.text}>{showName(row.event_name)}</span>
      {!hasStatus && <StatusIcon row={row} />}
    </a>
  );
}
