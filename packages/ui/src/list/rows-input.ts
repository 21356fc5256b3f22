import type { RowsInput } from '../api/rows.ts';
import { askedPaths } from './column.ts';
import { toSelection } from './selection-input.ts';
import type { ListColumns } from './use-list-columns.ts';
import type { ListView } from './use-list-view.ts';

/** Rows of one question. */
const pageRows = 100;

/** Which rows a list asks for. */
export const toRowsInput = (
  list: Parameters<typeof toSelection>[0] & Pick<ListColumns, 'columns'> & Pick<ListView, 'sort'>,
): RowsInput => ({
  ...toSelection(list),
  sort: list.sort,
  columns: askedPaths(list.columns),
  limit: pageRows,
  // Rows come first: how many there are is asked for once they are there.
  total: false,
});
