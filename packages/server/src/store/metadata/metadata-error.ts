import { StoreUnavailable } from '../../domain/event-store.ts';

/** What SQLite says when it cannot work now, as what is wrong. Source: sqlite.org/rescode.html. */
const reasons: ReadonlyMap<number, string> = new Map([
  [3, 'the data folder cannot be written'],
  [5, 'another process holds it'],
  [6, 'another process holds it'],
  [8, 'the data folder cannot be written'],
  [10, 'the disk fails'],
  [13, 'the disk is full'],
  [14, 'the data folder cannot be written'],
]);

/** A fault of the disk or of another process, which may pass; any other error as it is. */
export function toMetadataError(error: unknown): unknown {
  if (!(error instanceof Error) || !('rawCode' in error)) return error;
  // Extended codes, which the binding has no names for, have the kind of error in their lowest byte.
  const reason = reasons.get(Number(error.rawCode) % 256);
  if (reason === undefined) return error;
  return new StoreUnavailable(`The metadata store cannot be used: ${reason}.`, { cause: error });
}
