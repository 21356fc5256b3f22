import { StoreUnavailable } from '../../domain/event-store.ts';

/** What SQLite says when it cannot work now, as what is wrong. Source: sqlite.org/rescode.html. */
const reasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^SQLITE_FULL/, 'the disk is full'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, 'the data folder cannot be written'],
  [/^SQLITE_IOERR/, 'the disk fails'],
  [/^SQLITE_(BUSY|LOCKED)/, 'another process holds it'],
];

/** A fault of the disk or of another process, which may pass; any other error as it is. */
export function toMetadataError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const reason = reasons.find(([pattern]) => pattern.test(String(error.code)))?.[1];
  if (reason === undefined) return error;
  return new StoreUnavailable(`The metadata store cannot be used: ${reason}.`, { cause: error });
}
