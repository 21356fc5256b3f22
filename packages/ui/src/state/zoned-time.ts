import { fromWallTime, toWallTime } from 'honeyhive-facts';

/** A date and a time of day as the clocks of a zone show it: `2026-11-01T00:00`, seconds optional. */
const pattern = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** A local time as if it were UTC; null if it is invalid. */
function parseWall(text: string): number | null {
  const [, date, ...time] = pattern.exec(text) ?? [];
  if (date === undefined) return null;
  const [hour = '00', minute = '00', second = '00'] = time.map((digits) => digits ?? '00');
  const wall = Date.parse(`${date}T${hour}:${minute}:${second}Z`);
  // 31 February rolls over: it is not what was written.
  const isReal = !Number.isNaN(wall) && new Date(wall).toISOString().startsWith(date);
  return isReal && hour !== '24' ? wall : null;
}

/**
 * Epoch milliseconds of a local time; null if the text is invalid.
 *
 * A time that the clocks skip is the one an hour later; of one that they show twice it is the first.
 */
export function parseZoned(text: string, timeZone: string): number | null {
  const wall = parseWall(text);
  return wall === null ? null : fromWallTime(wall, timeZone);
}

/** An instant as local time, `2026-11-01T00:00`; with seconds when there are any. */
export function printZoned(at: number, timeZone: string): string {
  const text = new Date(toWallTime(at, timeZone)).toISOString();
  return text.slice(17, 19) === '00' ? text.slice(0, 16) : text.slice(0, 19);
}
