import type { Terminal } from './output/terminal.ts';

/** Takes permissions of other users away from the data folder, made when it is missing, and says so. */
export async function makeOwnFolder(dataDir: string, terminal: Terminal): Promise<void> {
  const { makePrivate } = await import('honeyhive-server/private-folder');
  for (const path of await makePrivate(dataDir))
    terminal.note(`took permissions of other users away from ${path}\n`);
}
