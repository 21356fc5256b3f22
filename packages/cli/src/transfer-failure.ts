import { Failure } from './failure.ts';

const nameTaken =
  'Import it under another name with --as NAME, or into the project that is there with --into NAME; of a file with several projects, one at a time with --project NAME.';

const nextSteps: Readonly<Record<string, string>> = {
  name_taken: nameTaken,
  transfer_refused: 'Nothing has to be undone: stored data is kept, and the same command resumes.',
};

const codes = new Set(['name_taken', 'transfer_refused', 'backup_refused', 'newer_schema']);

/** What a person can do about a file or a backup that cannot be used; other errors as they are. */
export function toTransferFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (code === 'ENOENT') {
    return new Failure(`${path}: no such file or folder`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new Failure(`this user may not use ${path}: ${error.message}`, {
      exit: 'notPermitted',
      cause: error,
    });
  }
  if (code === 'ENOSPC') {
    return new Failure(`the disk is full: ${error.message}`, {
      nextStep: 'Free some room, and run the same command again.',
      cause: error,
    });
  }
  if (code === 'unsafe_folder')
    return new Failure(error.message, { exit: 'notPermitted', cause: error });
  if (!codes.has(code)) return error;
  const nextStep = nextSteps[code];
  return new Failure(error.message, {
    ...(nextStep === undefined ? {} : { nextStep }),
    cause: error,
  });
}
