import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

const name = 'secrets.key';
const keyBytes = 32;

/**
 * The key of a data folder, made when it has none: 256 random bits as text. Backups do not contain it. The caller holds
 * the lock of the folder.
 */
export async function openOwnSecretsKey(dataDir: string): Promise<string> {
  const path = join(dataDir, name);
  const known = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (known !== null) return known.trim();
  const key = randomBytes(keyBytes).toString('base64url');
  // A process that ends meanwhile leaves a whole key or none.
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(`${key}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  return key;
}
