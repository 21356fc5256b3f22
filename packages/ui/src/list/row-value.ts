import type { Column } from './column.ts';
import type { Row } from './row.ts';

type Value = string | number;

const values: Readonly<Record<string, (row: Row) => Value | null>> = {
  status: (row) => row.error,
  type: (row) => row.event_type,
  name: (row) => row.event_name,
  duration: (row) => row.duration_ms,
  model: (row) => row.model,
  user: (row) => row.user,
  source: (row) => row.source,
  error: (row) => row.error,
  session: (row) => row.session_id,
  id: (row) => row.event_id,
};

/** Longer values are cut in lists: what is left is not the value. */
const longestWhole = 190;

/** What a cell can be filtered by; null when there is no value, or only its beginning. */
export function valueOf(row: Row, column: Column): Value | null {
  const read = values[column.id];
  const preview = row.columns[column.id];
  const value = read ? read(row) : preview && preview.bytes > 0 ? preview.text : null;
  return typeof value === 'string' && value.length > longestWhole ? null : value;
}
