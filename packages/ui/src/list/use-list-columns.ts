import { useMemo } from 'react';
import { listParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import type { ListKind } from './column.ts';
import { columnsOf } from './list-params.ts';
import { sortParam } from './list-sort.ts';

/** The columns of a list: those that the address names, else the default ones. */
export function useListColumns(kind: ListKind) {
  const [sort] = useQueryState('s', sortParam);
  const [chosen, setColumnIds] = useQueryState('c', listParam);
  const columns = useMemo(() => columnsOf(kind, chosen, sort), [chosen, kind, sort]);
  return {
    columns,
    columnIds: columns.map(({ id }) => id),
    areColumnsDefault: chosen === null,
    setColumnIds,
  };
}

export type ListColumns = ReturnType<typeof useListColumns>;
