import { Failure, messageOf } from './failure.ts';

const notPermitted = new Set(['EACCES', 'EPERM', 'EROFS']);

/** What a person can do about a data folder that cannot be used; other errors as they are. */
export function toFolderFailure(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (notPermitted.has(String(error.code))) {
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
