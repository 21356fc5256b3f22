import { makeDataDir, removeDataDir } from 'honeyhive-testkit';
import { execFileSync } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** A disk whose power can be cut. */
export interface LosingDisk {
  /** A place on it, where nothing is yet. */
  readonly path: string;
  /** Brings everything that was written to the disk. */
  sync(): void;
  /** Discards unsynced writes. No files may be open there. */
  cutPower(): void;
  release(): Promise<void>;
}

const megabytes = 512;

/**
 * Nothing reaches the disk on its own: the journal is not committed before five minutes are over, and a file that
 * replaces another is not brought to the disk for that (`noauto_da_alloc`), on which programs without `fsync` rely.
 */
const mountOptions = 'loop,commit=300,noauto_da_alloc';

/**
 * EXT4_IOC_SHUTDOWN with NOLOGFLUSH: from now on the file system writes nothing, not even its journal. Node.js has no
 * `ioctl`, Perl is on every system that has git. Source: linux fs/ext4/ext4.h, `_IOR('X', 125, __u32)`, flag 2.
 */
const shutdownScript =
  'open(my $root, "<", $ARGV[0]) or die $!; my $flag = pack("L", 2); ioctl($root, 0x8004587d, $flag) or die $!';

/**
 * Its own ext4 on a loop device, of which only what a program asked to be brought to the disk is there after
 * `cutPower`: the file system is shut down with all that the system's cache holds, and mounted again.
 *
 * @throws when there cannot be one, saying what is needed
 */
export async function makeLosingDisk(): Promise<LosingDisk> {
  const folder = await makeDataDir();
  const root = join(folder, 'root');
  const image = join(folder, 'image');
  const mount = (): void => run('mount', ['-o', mountOptions, image, root]);
  try {
    await mkdir(root);
    const file = await open(image, 'w');
    await file.truncate(megabytes * 1024 ** 2);
    await file.close();
    run('mkfs.ext4', ['-q', '-F', image]);
    mount();
  } catch (cause) {
    await removeDataDir(folder);
    throw new Error(
      'This test needs a disk whose power it may cut: run it as root, with loop devices, ext4 (`mkfs.ext4` of e2fsprogs) and Perl.',
      { cause },
    );
  }
  return {
    path: join(root, 'data'),
    sync: () => run('sync', ['--file-system', root]),
    cutPower() {
      run('perl', ['-e', shutdownScript, root]);
      run('umount', [root]);
      mount();
    },
    async release() {
      run('umount', ['--lazy', root]);
      await removeDataDir(folder);
    },
  };
}

const run = (program: string, args: readonly string[]): void =>
  void execFileSync(program, args, { stdio: 'pipe' });
