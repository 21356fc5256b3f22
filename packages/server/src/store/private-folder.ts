import { chmod, lstat, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that this process must not keep data in: another user owns it, or may change it. */
export class UnsafeFolderError extends Error {
  override readonly name = 'UnsafeFolderError';
  readonly code = 'unsafe_folder';
}

/** Who may use a file or folder. */
export interface Ownership {
  readonly path: string;
  readonly uid: number;
  /** Permission bits and the sticky bit. */
  readonly mode: number;
  readonly isFolder: boolean;
}

/** What is made in the first level of a data folder or a backup. */
const ownNames =
  /^(metadata\.db(-.+)?|lock(\.db(-.+)?)?|events|restoring|backup\.json|(secrets\.key|server\.id)(\.new)?)$/;
/** What is in the root of a file system that has nothing else in it. */
const foreignNames = new Set(['lost+found']);

const sticky = 0o1000;
const othersMayUse = 0o077;
const othersMayWrite = 0o022;

/**
 * Why a process of user `uid` must not keep data there; null when it may. A sticky folder, such as `/tmp`, is shared on
 * purpose.
 */
export function findOwnershipFault(
  { path, uid, mode, isFolder }: Ownership,
  me: number,
): string | null {
  if (uid !== me) {
    return `${path} belongs to user ${uid}, and this process runs as user ${me}. Run it as user ${uid}, or give it its own folder, such as one that it makes in there.`;
  }
  if (isFolder && (mode & sticky) !== 0)
    return `${path} is a folder that users share (sticky bit). Name a folder in it: it is made for this user alone.`;
  return null;
}

/** Whether a user other than the owner may read or change it. */
export const isOpenToOthers = ({ mode }: Pick<Ownership, 'mode'>): boolean =>
  (mode & othersMayUse) !== 0;

/** Whether a folder with these entries holds our data, or nothing: its permissions are ours to change then. */
export const isOwnFolder = (names: readonly string[]): boolean =>
  names.some((name) => ownNames.test(name)) || names.every((name) => foreignNames.has(name));

export async function readOwnership(path: string): Promise<Ownership> {
  // A data folder may be a link to where the data is.
  const status = await stat(path);
  return { path, uid: status.uid, mode: status.mode & 0o1777, isFolder: status.isDirectory() };
}

/**
 * Makes the folder when it is missing, and takes permissions of other users away, from it and from what of ours is on
 * its first level: behind a folder that they cannot enter, the rest is out of reach.
 *
 * @returns paths whose permissions were narrowed
 * @throws {UnsafeFolderError} another user owns it or something in it, or could change it; nothing was written
 */
export async function makePrivate(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const me = process.getuid?.() ?? 0;
  const itself = await readOwnership(folder);
  // The caller says what is wrong with a file in the place of the folder.
  if (!itself.isFolder) return [];
  refuseFault(itself, me);
  const names = await readdir(folder);
  // The folder first: once others cannot write to it, what is found in it stays as it is.
  const narrowed = isOwnFolder(names) ? await narrow([itself]) : [];
  if (narrowed.length === 0) refuseWritable(itself);
  const entries: Ownership[] = [];
  for (const name of names.filter((each) => ownNames.test(each))) {
    const path = join(folder, name);
    const status = await lstat(path).catch(ignoreMissing);
    if (!status) continue;
    const entry = {
      path,
      uid: status.uid,
      mode: status.mode & 0o777,
      isFolder: status.isDirectory(),
    };
    refuseFault(entry, me);
    // A link has no permissions.
    if (!status.isSymbolicLink()) entries.push(entry);
  }
  return [...narrowed, ...(await narrow(entries))];
}

function refuseFault(ownership: Ownership, me: number): void {
  const fault = findOwnershipFault(ownership, me);
  if (fault !== null) throw new UnsafeFolderError(fault);
}

function refuseWritable({ path, mode }: Ownership): void {
  if ((mode & othersMayWrite) === 0) return;
  throw new UnsafeFolderError(
    `Other users may write to ${path}, and other things are in it. Take that away with \`chmod go-w\`, or name a folder in it.`,
  );
}

async function narrow(ownerships: readonly Ownership[]): Promise<string[]> {
  const narrowed: string[] = [];
  for (const { path, mode } of ownerships.filter(isOpenToOthers)) {
    await chmod(path, mode & 0o700).catch(ignoreMissing);
    narrowed.push(path);
  }
  return narrowed;
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : null;

/** A service that ends meanwhile takes its log files with it. */
function ignoreMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

/**
 * Makes an empty file that only its owner can use, or makes one that is there so. It is not opened when it is there:
 * closing it would end the locks that this process has on it.
 */
export async function makePrivateFile(path: string): Promise<void> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    await chmod(path, 0o600);
  }
}
