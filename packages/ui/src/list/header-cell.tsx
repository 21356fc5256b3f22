import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { formatZone } from '../format/time.ts';
import { classNames } from '../kit/class-names.ts';
import { listText } from '../text/list.ts';
import type { Column } from './column.ts';
import styles from './header-cell.module.css';
import { nextSort } from './list-sort.ts';
import type { SortField } from './list-sort.ts';
import type { ListPeriod } from './use-list-period.ts';
import type { ListView } from './use-list-view.ts';

interface HeaderCellProps {
  readonly column: Column;
  readonly list: ListPeriod & ListView;
  readonly isSortable: boolean;
}

/** What a column is called: by its path when it is that of a field. */
export const columnName = (id: string): string =>
  id in listText.columns ? listText.columns[id as keyof typeof listText.columns] : id;

/** Name of a column; one that rows can be sorted by is a button. */
export function HeaderCell({ column, list, isSortable }: HeaderCellProps) {
  const { sort: field, id, isNumber } = column;
  const { sort, zone, moment } = list;
  const isSorted = isSortable && sort.field === field;
  const zoneName = id === 'start' || id === 'activity' ? ` (${formatZone(zone, moment)})` : '';
  const name = `${columnName(id)}${zoneName}`;
  return (
    <span
      role="columnheader"
      className={classNames(styles.cell, isNumber && styles.number)}
      aria-sort={isSorted ? sort.direction : undefined}
    >
      {isSortable && field !== null ? (
        <SortButton name={name} field={field} list={list} />
      ) : (
        <span className={id === 'status' ? 'visually-hidden' : styles.name}>{name}</span>
      )}
    </span>
  );
}

function SortButton({
  name,
  field,
  list: { sort, setSort },
}: {
  readonly name: string;
  readonly field: SortField;
  readonly list: ListPeriod & ListView;
}) {
  const isSorted = sort.field === field;
  const Arrow = !isSorted ? ChevronsUpDown : sort.direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      className={styles.button}
      data-tip={listText.sortBy(name)}
      onClick={() => setSort(nextSort(sort, field))}
    >
      <span className={styles.name}>{name}</span>
      <Arrow className={classNames(styles.arrow, !isSorted && styles.idle)} aria-hidden />
    </button>
  );
}
