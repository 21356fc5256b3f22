import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openOwnFile } from './own-file.ts';

const keyBytes = 32;

/**
 * The key of a data folder, made when it has none: 256 random bits as text. Backups do not contain it. The caller holds
 * the lock of the folder.
 */
export const openOwnSecretsKey = (dataDir: string): Promise<string> =>
  openOwnFile(join(dataDir, 'secrets.key'), () => randomBytes(keyBytes).toString('base64url'));
