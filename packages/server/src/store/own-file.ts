import { open, readFile, rename } from 'node:fs/promises';

/**
 * The text of a file of the data folder, which is made when it is missing. The caller holds the lock of the folder.
 *
 * @param make text of a new file
 */
export async function openOwnFile(path: string, make: () => string): Promise<string> {
  const known = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (known !== null) return known.trim();
  const text = make();
  // A process that ends meanwhile leaves a whole file or none.
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  return text;
}
