import { Failure, messageOf } from './failure.ts';

const notPermitted = /^(EACCES|EPERM|EROFS|SQLITE_(CANTOPEN|READONLY|PERM|AUTH).*)$/;
const full = /^(ENOSPC|EDQUOT|SQLITE_FULL)$/;

/** What a person can do about a data folder that cannot be used; other errors as they are. */
export function toFolderFailure(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (full.test(code)) {
    return new Failure(`the disk of the data folder ${dataDir} is full`, {
      nextStep: 'Free some room there, or name a folder on another disk with --data-dir.',
      cause: error,
    });
  }
  if (notPermitted.test(code)) {
    return new Failure(`the data folder ${dataDir} cannot be written: ${messageOf(error)}`, {
      exit: 'notPermitted',
      nextStep: 'Give this user the right to write there, or name another folder with --data-dir.',
      cause: error,
    });
  }
  if (error.code === 'ENOTDIR' || error.code === 'EEXIST') {
    return new Failure(`${dataDir} is not a folder`, {
      exit: 'config',
      nextStep: 'Name another folder with --data-dir or HH_DATA_DIR.',
      cause: error,
    });
  }
  return error;
}
