import { copyFile, link, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that the engine writes once. Everything else is small, and copied. */
const isLinked = (name) => /\.(?:bin|c?mrk\d?|idx|c?idx)$/.test(name);

/** The same tree once more, its large files shared with the first. */
export async function linkTree(from, to) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (isLinked(entry.name)) await link(source, target);
    else await copyFile(source, target);
  }
}
