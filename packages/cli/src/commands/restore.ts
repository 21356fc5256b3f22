import { refuseDatabase } from '../backup-place.ts';
import { addFolderAudit } from '../audit.ts';
import type { RunCommand } from '../command.ts';
import { withLock } from '../data-folder.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOf, formatInstant } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { withProgress } from '../output/progress.ts';
import { refuseRemoteEvents } from '../remote-events.ts';
import { toTransferFailure } from '../transfer-failure.ts';

export const run: RunCommand = async (input, terminal) => {
  const [folder = ''] = input.args;
  const { manifest, dataDir } = await withLock(input, terminal, {
    mayCreate: true,
    work: (config) =>
      withProgress(terminal, `restoring ${folder}`, async () => {
        refuseRemoteEvents(config);
        refuseDatabase(config);
        const { restoreBackup } = await import('honeyhive-server');
        const restored = await restoreBackup(folder, config.dataDir);
        const audit = { action: 'data.restore', projectId: null, targets: [folder] } as const;
        await addFolderAudit(config, terminal, audit);
        return { manifest: restored, dataDir: config.dataDir };
      }),
  }).catch((error: unknown) => {
    throw toTransferFailure(error, folder);
  });
  const made = formatInstant(manifest.createdAt);
  const text = `${dataDir}: ${countOf(manifest.events.count, 'event')}, as of ${made} UTC\n`;
  terminal.write('--json' in input.flags ? formatJson({ dataDir, ...manifest }) : text);
  return exitCodes.ok.code;
};
