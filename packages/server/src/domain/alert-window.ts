import { planBuckets } from './time-buckets.ts';

const minuteMs = 60_000;
const unitMs = { m: minuteMs, h: 60 * minuteMs, d: 1_440 * minuteMs } as const;
const calendarMs = { day: 1_440 * minuteMs, week: 10_080 * minuteMs, month: 43_200 * minuteMs };

/** What an alert looks at: the time before an instant, or since a day, week or month began. */
export type AlertWindow =
  | { readonly kind: 'rolling'; readonly ms: number }
  | { readonly kind: 'calendar'; readonly unitMs: number; readonly timezone: string };

/** Start inclusive, end exclusive; epoch milliseconds. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly beforeMs: number;
}

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

/** The window that ends at an instant. One of the calendar that begins there is the one that ended there. */
export function windowAt(window: AlertWindow, instant: number): TimeSpan {
  if (window.kind === 'rolling') return { fromMs: instant - window.ms, beforeMs: instant };
  return { fromMs: startOfUnit(window, instant - 1), beforeMs: instant };
}

/** What a window is compared with: the one before it, of a day, week or month as much as has passed of this one. */
export function windowBefore(window: AlertWindow, { fromMs, beforeMs }: TimeSpan): TimeSpan {
  if (window.kind === 'rolling') return { fromMs: fromMs - window.ms, beforeMs: fromMs };
  const start = startOfUnit(window, fromMs - 1);
  return { fromMs: start, beforeMs: Math.min(start + (beforeMs - fromMs), fromMs) };
}

function startOfUnit(
  { unitMs: widthMs, timezone }: Extract<AlertWindow, { kind: 'calendar' }>,
  instant: number,
): number {
  const wish = { fromMs: instant, beforeMs: instant + 1, timezone, most: 1, widthMs };
  return planBuckets(wish)?.starts[0] ?? instant;
}
