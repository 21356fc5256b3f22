import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';

/** A file of the built UI, in memory: all of them are about a megabyte. */
export interface UiFile {
  readonly type: string;
  readonly etag: string;
  /** Whether its name changes with its content. */
  readonly isHashed: boolean;
  /** The content, and what it was compressed to when the UI was built, by the name of the encoding. */
  readonly bodies: { readonly identity: Buffer; readonly br?: Buffer; readonly gzip?: Buffer };
}

/** The built UI: its page as the build wrote it, and the other files by their path, without a slash before it. */
export interface UiFiles {
  readonly page: string;
  readonly files: ReadonlyMap<string, UiFile>;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

const encodings = { br: '.br', gzip: '.gz' } as const;

export const toEtag = (content: string | Buffer): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;

/** Folder of the UI that was built into this package; null when it was not. */
export function findUiFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('#ui/index.html'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

export async function readUiFiles(folder: string): Promise<UiFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && extname(entry.name) in types)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    // What the build notes for tools is not of the page.
    .filter((path) => !path.startsWith('.'));
  const names = new Set(entries.map(({ name }) => name));
  const read = (path: string) => readFile(join(folder, path));
  const files = await Promise.all(
    paths.map(async (path): Promise<[string, UiFile]> => {
      const identity = await read(path);
      const compressed = await Promise.all(
        Object.entries(encodings)
          .filter(([, suffix]) => names.has(`${path.split('/').at(-1)}${suffix}`))
          .map(async ([encoding, suffix]) => [encoding, await read(path + suffix)] as const),
      );
      const file = {
        type: types[extname(path)] ?? 'application/octet-stream',
        etag: toEtag(identity),
        isHashed: path.startsWith('assets/'),
        bodies: { identity, ...Object.fromEntries(compressed) },
      };
      return [path, file];
    }),
  );
  return { page: (await read('index.html')).toString('utf8'), files: new Map(files) };
}
