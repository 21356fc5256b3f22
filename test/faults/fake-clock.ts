import { makeDataDir, removeDataDir } from 'honeyhive-testkit';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The wall clock of a process, which can be set. Its monotonic clock continues as it should. */
export interface FakeClock {
  /** For the process that is to have it. */
  readonly env: Readonly<Record<string, string>>;
  /** Seconds that it is off from now on; negative: it is behind. */
  shift(seconds: number): void;
  release(): Promise<void>;
}

const cache = join(
  import.meta.dirname,
  '..',
  '..',
  'node_modules',
  '.cache',
  'honeyhive',
  'faketime',
);

/**
 * Debian's `libfaketime`, for every clock of the process, that of the event engine too: as installed, or fetched by
 * `apt-get` into a folder. Where there is no such thing, such as on macOS, only the dates of JavaScript are shifted.
 */
export async function makeFakeClock(): Promise<FakeClock> {
  const folder = await makeDataDir();
  const file = join(folder, 'offset');
  const shift = (seconds: number): void => {
    // In one step: it is read all the time.
    writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${file}.new`, file);
  };
  shift(0);
  const library = findLibrary('/usr') ?? findLibrary(join(cache, 'usr')) ?? fetchLibrary();
  return {
    env: library === null ? shiftDates(file) : preload(library, file),
    shift,
    release: () => removeDataDir(folder),
  };
}

const preload = (library: string, file: string) => ({
  LD_PRELOAD: library,
  FAKETIME_TIMESTAMP_FILE: file,
  FAKETIME_NO_CACHE: '1',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
});

const shiftDates = (file: string) => ({
  NODE_OPTIONS: `--import ${join(import.meta.dirname, 'shifted-date.mjs')}`,
  SHIFTED_DATE_FILE: file,
});

function findLibrary(root: string): string | null {
  for (const platform of ['x86_64-linux-gnu', 'aarch64-linux-gnu']) {
    const path = join(root, 'lib', platform, 'faketime', 'libfaketimeMT.so.1');
    if (existsSync(path)) return path;
  }
  return null;
}

function fetchLibrary(): string | null {
  const options = { cwd: cache, stdio: 'pipe', timeout: 60_000 } as const;
  try {
    mkdirSync(cache, { recursive: true });
    execFileSync('apt-get', ['download', 'libfaketime'], options);
    const file = readdirSync(cache).find((name) => name.endsWith('.deb')) ?? '';
    execFileSync('dpkg-deb', ['-x', file, '.'], options);
    return findLibrary(join(cache, 'usr'));
  } catch {
    // No Debian, or no network.
    return null;
  }
}
