import { QueryTooExpensive, StoreUnavailable } from '../../../domain/event-store.ts';

/** Codes with which the engine gives up a query for its limits. Source: ClickHouse src/Common/ErrorCodes.cpp. */
const limitCodes: ReadonlyMap<number, string> = new Map([
  [158, 'it reads too many rows'],
  [159, 'it took too long'],
  [160, 'it would take too long'],
  [191, 'it holds too many values at once'],
  [241, 'it needs too much memory'],
  [307, 'it reads too much data'],
  [396, 'its result is too large'],
]);

/** Of an error of `@clickhouse/client`, which has digits as its code; those of the system have names. */
const readRemoteCode = (error: Error): number =>
  'code' in error && 'type' in error ? Number(error.code) : Number.NaN;

/** The engine's code of an error, from inside this process or over HTTP; null: it comes from elsewhere. */
export function readCode(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const code = 'clickhouseCode' in error ? Number(error.clickhouseCode) : readRemoteCode(error);
  return Number.isInteger(code) ? code : null;
}

/** Codes for files that are not what the engine wrote. Source: as above. */
const damageCodes: ReadonlySet<number | null> = new Set([32, 33, 40, 246]);

/** Whether a read failed because files are missing their content, or have another one. */
export const isDamage = (error: unknown): boolean => damageCodes.has(readCode(error));

/** Whether a statement failed because there is no such table. */
export const isAway = (error: unknown): boolean => readCode(error) === 60;

/** Whether a table cannot be attached yet, because somebody still reads what was detached. */
export const isInUse = (error: unknown): boolean => readCode(error) === 57;

/** What a failed read means to its caller; anything but a limit is a fault of ours and stays what it is. */
export function toQueryError(error: unknown): Error {
  const code = readCode(error);
  const reason = code === null ? undefined : limitCodes.get(code);
  if (reason !== undefined) {
    return new QueryTooExpensive(
      `The query was cancelled: ${reason}. Narrow the time range or the filters.`,
      { cause: error },
    );
  }
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}

/** Codes with which the engine refuses a write, as what is wrong. Source: ClickHouse src/Common/ErrorCodes.cpp. */
const writeCodes: ReadonlyMap<number, string> = new Map([
  [241, 'the engine has no memory left'],
  [242, 'the table is read-only'],
  [243, 'the disk is full'],
  [252, 'the engine has to merge parts first'],
]);

/** The operating system's message, for errors without a code. */
const systemReasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/No space left on device|errno: 28/, 'the disk is full'],
  [/Disk quota exceeded|errno: 122/, 'the quota of the disk is used up'],
  [/Read-only file system|errno: 30/, 'the data folder is read-only'],
  [
    /Permission denied|Operation not permitted|errno: (1|13)\b/,
    'the data folder cannot be written',
  ],
];

/**
 * What a failed write means: nothing was stored, whatever the reason.
 * The engine's own words quote the rows, so that they are for the cause alone.
 */
export function toWriteError(error: unknown): StoreUnavailable {
  const code = readCode(error);
  const words = error instanceof Error ? error.message : '';
  const reason =
    (code === null ? undefined : writeCodes.get(code)) ??
    systemReasons.find(([pattern]) => pattern.test(words))?.[1];
  const detail = code === null ? '' : ` (engine code ${code})`;
  const because = reason === undefined ? '' : `: ${reason}`;
  return new StoreUnavailable(`The events could not be stored${because}${detail}.`, {
    cause: error,
  });
}
