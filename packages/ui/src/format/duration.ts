const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const trim = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

function formatPair(
  ms: number,
  [big, bigName]: readonly [number, string],
  [small, smallName]: readonly [number, string],
): string {
  const smalls = Math.round(ms / small);
  const perBig = big / small;
  const rest = smalls % perBig;
  const head = `${Math.floor(smalls / perBig)}${bigName}`;
  return rest === 0 ? head : `${head} ${rest}${smallName}`;
}

/** Milliseconds as `412 ms`, `3.1 s`, `2m 5s`, `1h 4m`, `3d 2h`: at most two units. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms > 0 && ms < 1) return `${trim(ms, 2)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9.995 * second) return `${trim(ms / second, 2)} s`;
  if (ms < 59.95 * second) return `${trim(ms / second, 1)} s`;
  if (ms < 59.5 * minute) return formatPair(ms, [minute, 'm'], [second, 's']);
  if (ms < 23.5 * hour) return formatPair(ms, [hour, 'h'], [minute, 'm']);
  return formatPair(ms, [day, 'd'], [hour, 'h']);
}
