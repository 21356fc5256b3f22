import { makeDataDir, removeDataDir } from 'honeyhive-testkit';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Its own file system that can be filled up. */
export interface SmallDisk {
  /** An empty folder on it. */
  readonly path: string;
  /** Takes all room there is, and what becomes free later, until `empty`. */
  fill(): void;
  empty(): void;
  release(): Promise<void>;
}

const megabytes = 192;
/** Space freed by rewriting a file is used up before it is needed. */
const refillMs = 1;

/**
 * A tmpfs of 192 MB, which root may mount; elsewhere the `/dev/shm` of a container, when that is small.
 *
 * @throws when there is neither, saying what is needed
 */
export async function makeSmallDisk(): Promise<SmallDisk> {
  const place = (await mountTmpfs()) ?? (await useSharedMemory());
  if (place === null) {
    throw new Error(
      'This test needs a small file system to fill: run it as root (to mount a tmpfs), or where /dev/shm is a file system of at most 512 MB.',
    );
  }
  const filler = join(place.root, 'filler');
  let timer: NodeJS.Timeout | undefined;
  const empty = (): void => {
    clearInterval(timer);
    rmSync(filler, { force: true });
  };
  return {
    path: place.path,
    fill() {
      takeRoom(filler);
      timer = setInterval(() => takeRoom(filler), refillMs);
    },
    empty,
    async release() {
      empty();
      await place.release();
    },
  };
}

interface Place {
  readonly root: string;
  readonly path: string;
  readonly release: () => Promise<void>;
}

async function mountTmpfs(): Promise<Place | null> {
  const root = await makeDataDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', root], {
      stdio: 'pipe',
    });
  } catch {
    // Not root, or a container without the right to mount.
    await removeDataDir(root);
    return null;
  }
  return {
    root,
    path: join(root, 'data'),
    async release() {
      execFileSync('umount', ['--lazy', root]);
      await removeDataDir(root);
    },
  };
}

async function useSharedMemory(): Promise<Place | null> {
  const { blocks, bsize } = statfsSync('/dev/shm');
  if (blocks * bsize > 512 * 1024 ** 2) return null;
  const root = await mkdtemp('/dev/shm/honeyhive-test-');
  return {
    root,
    path: join(root, 'data'),
    release: () => rm(root, { recursive: true, force: true }),
  };
}

/** Writes until there is no room: pieces of a page at the end. */
function takeRoom(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (const piece of [Buffer.alloc(1024 ** 2), Buffer.alloc(4096)])
      while (canWrite(file, piece));
  } finally {
    closeSync(file);
  }
}

function canWrite(file: number, piece: Buffer): boolean {
  try {
    return writeSync(file, piece) === piece.length;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}
