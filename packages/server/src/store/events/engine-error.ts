import { QueryTooExpensive, StoreUnavailable } from '../../domain/event-store.ts';

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

function readCode(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const code = 'clickhouseCode' in error ? Number(error.clickhouseCode) : Number.NaN;
  return Number.isInteger(code) ? code : null;
}

/** What a failed read means to its caller; anything but a limit is a fault of ours and stays what it is. */
export function toQueryError(error: unknown): Error {
  const code = readCode(error);
  const reason = code === null ? undefined : limitCodes.get(code);
  if (reason !== undefined) {
    return new QueryTooExpensive(
      `The query was given up: ${reason}. Narrow the time range or the filters.`,
      { cause: error },
    );
  }
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}

/**
 * What a failed write means: nothing was stored, whatever the reason.
 * The engine's own words quote the rows, so that they are for the cause alone.
 */
export function toWriteError(error: unknown): StoreUnavailable {
  const code = readCode(error);
  const detail = code === null ? '' : ` (engine code ${code})`;
  return new StoreUnavailable(`The events could not be stored${detail}.`, { cause: error });
}
