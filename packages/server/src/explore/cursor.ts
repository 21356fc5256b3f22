import { limits } from 'honeyhive-wire';
import type { RowPosition, RowSort } from '../domain/explore-query.ts';
import { invalid } from '../domain/problem.ts';

/** An opaque cursor, valid for the sort order it was created with. */
export function writeCursor(sort: RowSort, { value, eventId }: RowPosition): string {
  const parts = [sort.field, sort.isDescending ? 1 : 0, value, eventId];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws {Problem} when the text is no cursor, or one of another order */
export function readCursor(sort: RowSort, text: string): RowPosition {
  const parts = parse(text);
  const [field, direction, value, eventId] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const isRight =
    (field === 'event_name' ? typeof value === 'string' : typeof value === 'number') &&
    typeof eventId === 'string' &&
    eventId.length <= limits.idChars;
  if (!isRight) throw wrong('expected `next_cursor` of the previous page');
  if (field !== sort.field || direction !== (sort.isDescending ? 1 : 0))
    throw wrong('created with another sort order: start again without a cursor');
  return { value: value as string | number, eventId };
}

const wrong = (message: string) => invalid([{ field: 'cursor', message }]);

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    // Not JSON: the caller says what was expected.
    return null;
  }
}
