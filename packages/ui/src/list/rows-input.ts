import type { RowsInput } from '../api/rows.ts';
import { askedPaths } from './column.ts';
import { toSelection } from './selection-input.ts';
import type { ListState } from './use-list-state.ts';

/** Rows of one question. */
const pageRows = 100;

/** Which rows a list asks for. */
export const toRowsInput = (
  list: Parameters<typeof toSelection>[0] & Pick<ListState, 'sort' | 'columns'>,
): RowsInput => ({
  ...toSelection(list),
  sort: list.sort,
  columns: askedPaths(list.columns),
  limit: pageRows,
});
