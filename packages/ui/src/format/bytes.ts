const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `812 B`, `1.2 MB`: powers of 1,000. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.95 would be shown as 1,000 of the smaller unit.
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : number.format(value)} ${units[unit]}`;
}
