import { stat } from 'node:fs/promises';
import type { ImportSummary } from 'honeyhive-server';
import type { RunCommand } from '../command.ts';
import { withDataFolder } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOf, formatCount } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { withProgress } from '../output/progress.ts';
import type { Report } from '../output/progress.ts';
import { formatAdvance } from '../output/rate.ts';
import { toTransferFailure } from '../transfer-failure.ts';

async function readImport(
  folder: DataFolder,
  path: string,
  report: Report,
): Promise<ImportSummary> {
  const { importLines, readLines } = await import('honeyhive-server');
  const { size } = await stat(path);
  const startedAt = performance.now();
  let bytes = 0;
  return importLines(
    readLines(path, (count) => void (bytes = count)),
    {
      ...folder,
      onProgress({ event: count }) {
        const elapsedMs = performance.now() - startedAt;
        const share = bytes / Math.max(1, size);
        report(formatAdvance({ share, count, elapsedMs }, 'events'));
      },
    },
  );
}

function toText({ stored, known, conflicts, conflictIds }: ImportSummary): string {
  const lines = [
    `stored: ${countOf(stored.project, 'project')}, ${countOf(stored.key, 'key')}, ${countOf(stored.event, 'event')}`,
    `there already: ${countOf(known.project, 'project')}, ${countOf(known.key, 'key')}, ${countOf(known.event, 'event')}`,
  ];
  if (conflicts > 0) {
    const rest = conflicts - conflictIds.length;
    const more = rest > 0 ? ` and ${formatCount(rest)} more` : '';
    lines.push(
      `left out: ${countOf(conflicts, 'event')}, because another event has the id: ${conflictIds.join(', ')}${more}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

export const run: RunCommand = async (input, terminal) => {
  const [path = ''] = input.args;
  await stat(path).catch((error: unknown) => {
    throw toTransferFailure(error, path);
  });
  const summary = await withDataFolder(input, terminal, {
    mayCreate: true,
    work: (folder) =>
      withProgress(terminal, `importing ${path}`, (report) => readImport(folder, path, report)),
  }).catch((error: unknown) => {
    throw toTransferFailure(error, path);
  });
  terminal.write('--json' in input.flags ? formatJson(summary) : toText(summary));
  return summary.conflicts === 0 ? exitCodes.ok.code : exitCodes.failed.code;
};
