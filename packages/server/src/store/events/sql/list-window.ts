/** How many rows, versions and deleted ones included, lie in one hour. */
export interface HourCount {
  readonly hour: number;
  readonly rowCount: number;
}

/** Rows that the first window holds at least: reading fewer costs as much. */
const firstWindowRows = 20_000;
/** How much wider the next window is: all those before it together cost a seventh of it. */
const growth = 8;

/**
 * Oldest hours to read from, one window after the other, until a page is full: the newest events are what most pages
 * show, and to sort all others first would cost as much as the store is large. The last window holds everything.
 *
 * @param hours newest first
 * @param neededRows rows that the page and those before it hold
 */
export function planWindows(hours: readonly HourCount[], neededRows: number): number[] {
  const windows: number[] = [];
  let wanted = Math.max(firstWindowRows, neededRows * 2);
  let rowCount = 0;
  for (const [index, hour] of hours.entries()) {
    rowCount += hour.rowCount;
    const isLast = index === hours.length - 1;
    if (rowCount < wanted && !isLast) continue;
    windows.push(hour.hour);
    wanted = rowCount * growth;
  }
  return windows;
}
