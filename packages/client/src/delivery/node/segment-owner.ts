import { readFileSync } from 'node:fs';

/** Owner of a file that nobody writes to any more, though the process may still be there. */
export const nobody = 'free';

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** When the process started, in ticks since the boot; null when it is gone, or where there is no /proc. */
function readStart(pid: number): string | null {
  const text = readText(`/proc/${pid}/stat`);
  // The name of the program, which is in parentheses, may hold spaces and parentheses itself.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state] = fields;
  return state === undefined || state === 'Z' ? null : (fields[19] ?? null);
}

const readBoot = (): string =>
  readText('/proc/sys/kernel/random/boot_id')?.trim().replaceAll('-', '') ?? '';

/** This process, so that no later one is taken for it, though it may have the same number. */
export const nameOwner = (): string =>
  `${process.pid}.${readStart(process.pid) ?? ''}.${readBoot()}`;

/** Whether the process that the name was made by is running. Where there is no /proc, any with its number counts. */
export function isRunning(owner: string): boolean {
  const [pid = '', start = '', boot = ''] = owner.split('.');
  if (owner === nobody || !/^\d+$/.test(pid) || boot !== readBoot()) return false;
  return start === '' ? answers(Number(pid)) : readStart(Number(pid)) === start;
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process is there, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
