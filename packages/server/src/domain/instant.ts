import { limits } from 'honeyhive-facts';

const dayMs = 86_400_000;
/** Of today's clocks none shows an earlier time: it is in another unit, or was never set. */
const earliestUsual = Date.UTC(2000);

/** When something ended that took so long: the last instant there is, where it would be later. */
export const endOf = (startTime: number, durationMs: number): number =>
  Math.min(limits.timeMs, startTime + durationMs);

/** What is suspicious about a time that is stored as it is; null: nothing. */
export function findOddTime(ms: number, now: number): string | null {
  if (ms >= earliestUsual && ms <= now + dayMs) return null;
  const place = ms < now ? 'before 2000' : 'more than a day ahead of the clock of the service';
  return `stored as ${new Date(ms).toISOString()}, which is ${place}: expected epoch milliseconds or an ISO-8601 string with a time zone`;
}
