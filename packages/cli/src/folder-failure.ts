import { Failure, messageOf } from './failure.ts';

const notPermitted = new Set(['EACCES', 'EPERM', 'EROFS']);
const full = new Set(['ENOSPC', 'EDQUOT']);

/**
 * What SQLite says by number where the system has a name: PERM, READONLY, CANTOPEN, FULL. Source:
 * sqlite.org/rescode.html.
 */
const sqliteCodes: ReadonlyMap<number, string> = new Map([
  [3, 'EPERM'],
  [8, 'EACCES'],
  [14, 'EACCES'],
  [13, 'ENOSPC'],
]);

/** The error's name; a number of SQLite has its kind in the lowest byte. */
function codeOf(error: Error & { readonly code: unknown }): string {
  const raw = 'rawCode' in error && typeof error.rawCode === 'number' ? error.rawCode : 0;
  return sqliteCodes.get(raw % 256) ?? String(error.code);
}

/** What a person can do about a data folder that cannot be used; other errors as they are. */
export function toFolderFailure(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = codeOf(error);
  if (full.has(code)) {
    return new Failure(`the disk of the data folder ${dataDir} is full`, {
      nextStep: 'Free some room there, or name a folder on another disk with --data-dir.',
      cause: error,
    });
  }
  if (notPermitted.has(code)) {
    return new Failure(`the data folder ${dataDir} cannot be written: ${messageOf(error)}`, {
      exit: 'notPermitted',
      nextStep: 'Give this user the right to write there, or name another folder with --data-dir.',
      cause: error,
    });
  }
  // The message says what to do.
  if (code === 'unsafe_folder')
    return new Failure(error.message, { exit: 'notPermitted', cause: error });
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new Failure(`${dataDir} is not a folder`, {
      exit: 'config',
      nextStep: 'Name another folder with --data-dir or HH_DATA_DIR.',
      cause: error,
    });
  }
  return error;
}
