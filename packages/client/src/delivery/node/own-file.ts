import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import type { Stats } from 'node:fs';

/** What a file or folder is, and who may change it. */
export type Ownership = Pick<Stats, 'uid' | 'mode' | 'nlink' | 'isFile' | 'isDirectory'>;

/** User that this process writes files as; null where files have no owner, as on Windows. */
export const ownUid = (): number | null => process.geteuid?.() ?? null;

const writableByOthers = 0o022;
const modeOf = ({ mode }: Ownership): string => (mode & 0o7777).toString(8).padStart(4, '0');

/** Why a folder cannot be trusted with events; null when nobody but this user can change it. */
export function findFolderFault(stats: Ownership, uid: number | null): string | null {
  if (uid === null) return null;
  // Of the link itself, not of its target: the owner of a link can change the target.
  if (!stats.isDirectory()) return 'it is a symbolic link, not a folder';
  return findOwnerFault(stats, uid);
}

/** The same for a file in it. A second name would be one that others can write through. */
export function findFileFault(stats: Ownership, uid: number | null): string | null {
  if (uid === null) return null;
  if (!stats.isFile()) return 'it is not a regular file';
  if (stats.nlink > 1) return 'it has a second name (hard link)';
  return findOwnerFault(stats, uid);
}

function findOwnerFault(stats: Ownership, uid: number): string | null {
  if (stats.uid !== uid) return `it belongs to user ${stats.uid}, and this process is user ${uid}`;
  if ((stats.mode & writableByOthers) === 0) return null;
  return `its mode ${modeOf(stats)} lets other users write to it`;
}

/** Thrown for a file that others may have written. */
export class ForeignFileError extends Error {}

/** Why the folder cannot be trusted; null when it can. */
export const checkFolder = (path: string): string | null =>
  findFolderFault(lstatSync(path), ownUid());

/**
 * Opens a file that nobody else can have written. What was opened is checked, not what the path led to before.
 *
 * @throws {ForeignFileError} when others may have written it
 */
export function openOwnFile(path: string, flags: number): number {
  // Neither follows a link nor waits for the other end of a pipe. Windows has no such flags.
  const guarded = flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = open(path, guarded);
  const fault = findFileFault(fstatSync(file), ownUid());
  if (fault === null) return file;
  closeSync(file);
  throw new ForeignFileError(fault);
}

function open(path: string, flags: number): number {
  try {
    // Events are nobody else's to read.
    return openSync(path, flags, 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ELOOP') throw new ForeignFileError('it is a symbolic link');
    // A file of this user that it may not read, or one of another user.
    if (code === 'EACCES' && ownUid() !== null) throw new ForeignFileError('it cannot be opened');
    // A socket, or a pipe without a reader.
    if (code === 'ENXIO') throw new ForeignFileError('it is not a regular file');
    throw error;
  }
}
