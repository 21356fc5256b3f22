import { parseZoned } from '../state/zoned-time.ts';

/** A date at least; a time, its fraction and a zone when they are written. */
const pattern =
  /^(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)((?<=:\d\d:\d\d)\.\d{1,3})?((?<!^[\d-]*)(?:Z|[+-]\d\d:?\d\d))?$/;

/** The instant of a date or time, epoch milliseconds; the default zone is `timeZone`. */
export function parseWallTime(text: string, timeZone: string): number | null {
  const [, wall = '', fraction = '.0', zone] = pattern.exec(text) ?? [];
  const at = parseZoned(wall, zone === undefined ? timeZone : 'UTC');
  if (at === null) return null;
  return at + Math.round(Number(fraction) * 1_000) - parseOffset(zone ?? 'Z');
}

function parseOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
