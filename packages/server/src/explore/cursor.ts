import { limits } from 'honeyhive-wire';
import type { RowPosition, RowSort } from '../domain/explore-query.ts';
import { invalid } from '../domain/problem.ts';

/** An opaque cursor, valid for the sort order it was created with. */
export function writeCursor(sort: RowSort, position: RowPosition): string {
  const { value, createdAt, tieEnd, eventId } = position;
  const parts = [sort.field, sort.isDescending ? 1 : 0, value, createdAt, tieEnd, eventId];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws {Problem} when the text is no cursor, or one of another order */
export function readCursor(sort: RowSort, text: string): RowPosition {
  const parts = parse(text);
  const [field, direction, value, createdAt, tieEnd, eventId] = Array.isArray(parts)
    ? (parts as unknown[])
    : [];
  const isRight = field === 'event_name' ? isString(value) : isNumber(value);
  if (!isRight || !isNumber(createdAt) || !isNumber(tieEnd) || !isId(eventId))
    throw wrong('expected `next_cursor` of the previous page');
  if (field !== sort.field || direction !== (sort.isDescending ? 1 : 0))
    throw wrong('created with another sort order: start again without a cursor');
  return { value: value as string | number, createdAt, tieEnd, eventId };
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isId = (value: unknown): value is string => isString(value) && value.length <= limits.idChars;
const isNumber = (value: unknown): value is number => typeof value === 'number';

const wrong = (message: string) => invalid([{ field: 'cursor', message }]);

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    // Not JSON: the caller says what was expected.
    return null;
  }
}
