import { useEffect, useMemo, useRef } from 'react';
import { conditionOrNone } from '../query/query-edit.ts';
import { hrefOf } from '../state/use-place.ts';
import { placeOf } from './row-place.ts';
import type { RowActions } from './table-row.tsx';
import type { Row } from './row.ts';
import type { ListSubject } from './use-list-subject.ts';
import type { ListQuery } from './use-list-query.ts';
import type { ListColumns } from './use-list-columns.ts';

interface RowActionInput {
  readonly list: ListSubject & ListQuery & ListColumns;
  readonly onPeek: (row: Row) => void;
  readonly onPick: (row: Row, isRange: boolean) => void;
}

/** What rows can do, as one object that stays the same: rows are drawn again only when they change. */
export function useRowActions(input: RowActionInput): RowActions {
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  const project = input.list.project.name;
  return useMemo(
    () => ({
      hrefOf(row) {
        const { to, query } = placeOf(project, row);
        return hrefOf(to, query);
      },
      onPeek: (row) => latest.current.onPeek(row),
      onPick: (row, isRange) => latest.current.onPick(row, isRange),
      onFilter(path, value, isNegated) {
        const { list } = latest.current;
        // A field holds numbers or text; a value on the screen is of the type that the field has.
        list.addCondition(conditionOrNone(path, value, isNegated));
      },
      onAddColumn(path) {
        const { list } = latest.current;
        list.setColumnIds([...list.columnIds, path]);
      },
      hasColumn: (path) => latest.current.list.columns.some((column) => column.path === path),
    }),
    [project],
  );
}
