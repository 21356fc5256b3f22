import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openOwnFile } from './own-file.ts';

/**
 * Which server this is, among those that use a database: the data folder has an id, and one process at a time. The
 * caller holds the lock of the folder.
 */
export const describeServer = async ({
  dataDir,
  port,
}: {
  readonly dataDir: string;
  readonly port: number;
}): Promise<{ readonly serverId: string; readonly about: string }> => ({
  serverId: await openOwnFile(join(dataDir, 'server.id'), randomUUID),
  about: `process ${process.pid} on ${hostname()}, port ${port}`,
});
