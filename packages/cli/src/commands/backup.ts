import { refuseDatabase } from '../backup-place.ts';
import { addFolderAudit } from '../audit.ts';
import type { RunCommand } from '../command.ts';
import { withLock } from '../data-folder.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOf } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { withProgress } from '../output/progress.ts';
import { refuseRemoteEvents } from '../remote-events.ts';
import { toTransferFailure } from '../transfer-failure.ts';
import { readVersion } from '../version.ts';

export const run: RunCommand = async (input, terminal) => {
  const [folder = ''] = input.args;
  const manifest = await withLock(input, terminal, {
    mayCreate: false,
    work: (config) =>
      withProgress(terminal, `backing up ${config.dataDir}`, async () => {
        refuseRemoteEvents(config);
        refuseDatabase(config);
        const { writeBackup } = await import('honeyhive-server');
        const about = { writtenBy: readVersion(), createdAt: Date.now() };
        const written = await writeBackup(config.dataDir, folder, about);
        const audit = { action: 'data.backup', projectId: null, targets: [folder] } as const;
        await addFolderAudit(config, terminal, audit);
        return written;
      }),
  }).catch((error: unknown) => {
    throw toTransferFailure(error, folder);
  });
  const text = `${folder}: ${countOf(manifest.events.count, 'event')}, and everything else\n`;
  terminal.write('--json' in input.flags ? formatJson({ folder, ...manifest }) : text);
  return exitCodes.ok.code;
};
