import type { SortField } from './list-sort.ts';

/** What the rows of a list are. */
export type ListKind = 'sessions' | 'models' | 'events';

/** A column of the list. */
export interface Column {
  /** As in the address; that of a column of a field is the field's dotted path. */
  readonly id: string;
  /** Least width, px. */
  readonly width: number;
  /** Share of the room that is left; 0: it stays as narrow as it is. */
  readonly grow: number;
  readonly isNumber: boolean;
  /** What its header sorts by; null: the rows cannot be sorted by it quickly. */
  readonly sort: SortField | null;
  /** Field to filter its values by; null: not filterable. */
  readonly path: string | null;
}

const column = (id: string, width: number, rest: Partial<Column> = {}): Column => ({
  id,
  width,
  grow: 0,
  isNumber: false,
  sort: null,
  path: null,
  ...rest,
});

const number = { isNumber: true } as const;

/** Columns that rows bring with them, by id. */
export const builtInColumns: readonly Column[] = [
  column('status', 36, { path: 'error' }),
  column('type', 68, { path: 'event_type' }),
  column('name', 116, { grow: 1.2, sort: 'event_name', path: 'event_name' }),
  column('start', 130, { sort: 'start_time', path: 'start_time' }),
  column('activity', 152, { sort: 'last_activity' }),
  column('duration', 104, { ...number, sort: 'duration_ms', path: 'duration' }),
  column('events', 76, { ...number, sort: 'event_count' }),
  column('errors', 76, { ...number, sort: 'error_count' }),
  column('model', 112, { path: 'model' }),
  column('tokens', 76, { ...number, sort: 'total_tokens' }),
  column('cost', 80, { ...number, sort: 'cost_usd' }),
  column('user', 84, { path: 'user' }),
  column('source', 104, { path: 'source' }),
  column('feedback', 92),
  column('error', 92, { grow: 1, path: 'error' }),
  column('session', 96, { path: 'session_id' }),
  column('id', 108, { path: 'event_id' }),
  column('input', 104, { grow: 1.6 }),
  column('output', 104, { grow: 1.6 }),
];

/** Where a row has what was searched for; beside the name, only while something is. */
const matchColumn = column('match', 200, { grow: 2 });

/** The columns, and where each row has the search. */
export const withMatch = (columns: readonly Column[]): Column[] => {
  const after = columns.findIndex(({ id }) => id === 'name') + 1;
  return [...columns.slice(0, after), matchColumn, ...columns.slice(after)];
};

const onlySessions = ['activity', 'events', 'errors'];

const words = (text: string): readonly string[] => text.split(' ');

/** What a list shows unless somebody chose otherwise. */
const defaultColumns: Readonly<Record<ListKind, readonly string[]>> = {
  sessions: words('status name start duration events tokens cost user input output'),
  models: words('status name model start duration tokens cost input output'),
  events: words('status type name model start duration tokens cost error input output'),
};

/** What there is room for on a phone; the peek panel has the rest. */
const narrowColumns: readonly string[] = ['status', 'name', 'start'];

/** Columns that nobody chose: the time among them is the one that the rows are sorted by. */
export const columnsFor = (kind: ListKind, sort: SortField, isNarrow = false): string[] =>
  (isNarrow ? narrowColumns : defaultColumns[kind]).map((id) =>
    id === 'start' && sort === 'last_activity' ? 'activity' : id,
  );

/** Ids of the built-in columns that a list of this kind can have. */
export const columnChoices = (kind: ListKind): string[] =>
  builtInColumns
    .map(({ id }) => id)
    .filter((id) => kind === 'sessions' || !onlySessions.includes(id));

/** Columns by their ids; what names no built-in column is the path of a field. */
export const toColumns = (ids: readonly string[], kind: ListKind): Column[] =>
  [...new Set(ids)]
    .filter((id) => kind === 'sessions' || !onlySessions.includes(id))
    .map(
      (id) =>
        builtInColumns.find((one) => one.id === id) ?? column(id, 110, { grow: 0.8, path: id }),
    );

/** Paths that rows have to be asked for. */
export const askedPaths = (columns: readonly Column[]): string[] =>
  columns.filter((one) => one.path === one.id && !isBuiltIn(one.id)).map(({ id }) => id);

export const isBuiltIn = (id: string): boolean => builtInColumns.some((one) => one.id === id);

/** An id moved to another place of the list; places beyond its ends are its ends. */
export function moveColumn(ids: readonly string[], id: string, place: number): string[] {
  const others = ids.filter((other) => other !== id);
  const at = Math.max(0, Math.min(place, others.length));
  return [...others.slice(0, at), id, ...others.slice(at)];
}

/** Room for the box that picks a row, px. */
const pickWidth = 36;

/** Tracks of the grid that header and rows share, and its least width, px. */
export const layOut = (columns: readonly Column[]): { template: string; width: number } => ({
  template: [
    `${pickWidth}px`,
    ...columns.map(({ width, grow }) =>
      grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`,
    ),
  ].join(' '),
  width: columns.reduce((sum, { width }) => sum + width, pickWidth),
});
