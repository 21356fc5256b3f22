import { access, mkdtemp, open, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '../failure.ts';
import { formatBytes } from '../output/figures.ts';
import { findOwnershipFault, isOpenToOthers, readOwnership } from 'honeyhive-server/private-folder';
import type { Ownership } from 'honeyhive-server/private-folder';
import type { Finding } from './finding.ts';

const minFreeBytes = 200e6;
const easyFreeBytes = 2e9;

/** The folder itself, or the nearest one above it that exists. */
async function findExisting(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const isThere = await access(folder).then(
      () => true,
      () => false,
    );
    if (isThere || folder === dirname(folder)) return folder;
  }
}

/** What so much free disk means for the service. */
export function judgeFreeBytes(freeBytes: number): Finding {
  const check = 'disk';
  const text = `${formatBytes(freeBytes)} free`;
  const nextStep = 'Free some space, or name a folder on another disk with --data-dir.';
  if (freeBytes < minFreeBytes) {
    return {
      check,
      state: 'failed',
      text: `${text}: too little to store and merge events`,
      nextStep,
    };
  }
  if (freeBytes < easyFreeBytes) {
    return { check, state: 'warning', text: `${text}: it will not last long`, nextStep };
  }
  return { check, state: 'ok', text };
}

/** Free space where the data lies or will lie. */
export async function checkDisk(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await findExisting(dataDir));
  return judgeFreeBytes(bavail * bsize);
}

/** What it means for the data that these users may use the folder, which can be written. */
export function judgeOwnership(folder: Ownership, me: number): Finding {
  const check = 'data folder';
  const fault = findOwnershipFault(folder, me);
  if (fault !== null) {
    const nextStep = 'Name a folder of this user with --data-dir: a new one is made for it alone.';
    return { check, state: 'failed', text: fault, nextStep };
  }
  if (!isOpenToOthers(folder)) return { check, state: 'ok', text: `${folder.path}, writable` };
  const mode = folder.mode.toString(8).padStart(4, '0');
  return {
    check,
    state: 'warning',
    text: `${folder.path} is open to other users (${mode})`,
    nextStep: `The service removes these permissions when it starts; so does \`chmod 700 ${folder.path}\`.`,
  };
}

/** Whether files can be made and written through to the disk in the data folder, or where it will be made. */
export async function checkFolder(dataDir: string): Promise<Finding> {
  const check = 'data folder';
  const folder = await findExisting(dataDir);
  const nextStep =
    'Give this user the right to write there, or name another folder with --data-dir.';
  if (!(await stat(folder)).isDirectory()) {
    return { check, state: 'failed', text: `${folder} is not a folder`, nextStep };
  }
  try {
    const scratch = await mkdtemp(join(folder, '.honeyhive-doctor-'));
    try {
      const file = await open(join(scratch, 'probe'), 'w');
      await file.writeFile('probe');
      await file.sync();
      await file.close();
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  } catch (error) {
    return {
      check,
      state: 'failed',
      text: `${folder} cannot be written: ${messageOf(error)}`,
      nextStep,
    };
  }
  if (folder !== dataDir) return { check, state: 'ok', text: `${dataDir}, to be made` };
  return judgeOwnership(await readOwnership(dataDir), process.getuid?.() ?? 0);
}
