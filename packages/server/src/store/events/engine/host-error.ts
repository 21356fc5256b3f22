import { StoreUnavailable } from '../../../domain/event-store.ts';
import { readCode } from './engine-error.ts';

/**
 * Codes with which a server says that it cannot work now, whatever the statement. Source: ClickHouse
 * src/Common/ErrorCodes.cpp.
 */
const hostCodes: ReadonlyMap<number, string> = new Map([
  [81, 'its database is missing'],
  [202, 'it has too many queries'],
  [209, 'a connection inside the cluster timed out'],
  [210, 'a connection inside the cluster failed'],
  [225, 'it has lost its keeper'],
  [242, 'the table is read-only'],
  [279, 'no replica can be reached'],
  [285, 'too few replicas are alive'],
  [286, 'too few replicas stored the insert in time'],
  [319, 'it does not know whether the insert was stored'],
  [439, 'it has no thread left'],
  [516, 'it refuses the user or the password'],
  [999, 'it has lost its keeper'],
]);

/** No host answers, or none can work now. */
export class StoreUnreachable extends StoreUnavailable {
  readonly code = 'clickhouse_away';
  override readonly isForAll = true;
}

/** Whether another host may do better: nothing is wrong with the statement, nor with this code. */
export function isHostFailure(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return false;
  const code = readCode(error);
  return code === null || hostCodes.has(code);
}

/** Whether the connection ended before the answer, as one does that the server closed while it was idle. */
export const isCut = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE'].includes(String(error.code));

function describe(error: unknown): string {
  const code = readCode(error);
  if (code !== null) return `${hostCodes.get(code) ?? 'it failed'} (engine code ${code})`;
  if (error instanceof Error && 'code' in error) return String(error.code);
  // An answer of something in between may be a page; what it says is in the cause.
  return error instanceof Error && error.message === 'Timeout error.' ? 'no answer' : 'bad answer';
}

/** What it means to a caller that no host could do its work. */
export const toUnreachable = (error: unknown): StoreUnreachable =>
  new StoreUnreachable(`The ClickHouse server cannot be used: ${describe(error)}.`, {
    cause: error,
  });
