const minuteMs = 60_000;
const unitMs = { m: minuteMs, h: 60 * minuteMs, d: 1_440 * minuteMs } as const;
const calendarMs = { day: 1_440 * minuteMs, week: 10_080 * minuteMs, month: 43_200 * minuteMs };

/** What an alert looks at: the time before an instant, or since a day, week or month began. */
export type AlertWindow =
  | { readonly kind: 'rolling'; readonly ms: number }
  | { readonly kind: 'calendar'; readonly unitMs: number; readonly timezone: string };

const longestMs = 31 * unitMs.d;

/** The window that a text names; null when it is too long. The form of the text was checked before. */
export function parseWindow(text: string, timezone: string): AlertWindow | null {
  if (text === 'day' || text === 'week' || text === 'month')
    return { kind: 'calendar', unitMs: calendarMs[text], timezone };
  const unit = text.at(-1);
  if (unit !== 'm' && unit !== 'h' && unit !== 'd') return null;
  const ms = Number(text.slice(0, -1)) * unitMs[unit];
  return ms <= longestMs ? { kind: 'rolling', ms } : null;
}
