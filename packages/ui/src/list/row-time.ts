const formats = new Map<string, Intl.DateTimeFormat>();

/** `22 Nov 14:05:09`, for columns whose header names the zone. */
export function formatRowTime(at: number, timeZone: string): string {
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      day: '2-digit',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  if (!known) formats.set(timeZone, format);
  return format.format(at).replace(',', '');
}

/** `14:05`, in a zone. */
export const formatClock = (at: number, timeZone: string): string =>
  formatRowTime(at, timeZone).slice(7, 12);
