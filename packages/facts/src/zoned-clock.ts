const dayMs = 86_400_000;

/** A format takes 30 µs to make, and callers ask for few zones. */
const maxFormats = 64;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const oldest = formats.size >= maxFormats ? formats.keys().next().value : undefined;
  if (oldest !== undefined) formats.delete(oldest);
  formats.set(timeZone, made);
  return made;
}

/** Whether the platform knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // The platform throws a RangeError for an unknown zone.
    return false;
  }
}

/**
 * The local time of a zone at an instant, as epoch milliseconds as if it were UTC: the difference is the zone's offset.
 *
 * @throws {RangeError} for an unknown zone
 */
export function toWallTime(instant: number, timeZone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant))
    parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const millisecond = ((instant % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + millisecond;
}

/**
 * The instant of a local time, both as epoch milliseconds. A local time that the zone skips becomes the one after the
 * gap; of one that it repeats, it is the first.
 */
export function fromWallTime(wall: number, timeZone: string): number {
  // The offsets in force a day before and a day after are the only two candidates.
  const offsets = [wall - dayMs, wall + dayMs].map((near) => toWallTime(near, timeZone) - near);
  const candidates = offsets.map((offset) => wall - offset).toSorted((a, b) => a - b);
  return (
    candidates.find((instant) => toWallTime(instant, timeZone) >= wall) ?? candidates.at(-1) ?? wall
  );
}
