/** A date and a time of day as the clocks of a zone show it: `2026-11-01T00:00`, seconds optional. */
const pattern = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

const partFormats = new Map<string, Intl.DateTimeFormat>();

function partFormat(timeZone: string): Intl.DateTimeFormat {
  const known = partFormats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  partFormats.set(timeZone, made);
  return made;
}

/** What the zone's clocks show at an instant, as if it were UTC: the difference is the zone's offset. */
function wallClock(at: number, timeZone: string): number {
  const parts = partFormat(timeZone).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
}

/** A local time as if it were UTC; null when there is none such. */
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
 * Epoch milliseconds of a local time; null when the text is none.
 *
 * A time that the clocks skip is the one an hour later; of one that they show twice it is the first.
 */
export function parseZoned(text: string, timeZone: string): number | null {
  const wall = parseWall(text);
  if (wall === null) return null;
  // The offset at the guess, and at what it leads to, are the two that can be in force.
  const dayMs = 86_400_000;
  const candidates = [wall - dayMs, wall + dayMs].map((near) => {
    const offset = wallClock(near, timeZone) - near;
    return wall - offset;
  });
  const exact = candidates.filter((at) => wallClock(at, timeZone) === wall);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

/** An instant as local time, `2026-11-01T00:00`; with seconds when there are any. */
export function printZoned(at: number, timeZone: string): string {
  const text = new Date(wallClock(at, timeZone)).toISOString();
  return text.slice(17, 19) === '00' ? text.slice(0, 16) : text.slice(0, 19);
}

/** Whether the platform knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // A RangeError is how the platform says that it does not.
    return false;
  }
}
