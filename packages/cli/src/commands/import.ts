import { stat } from 'node:fs/promises';
import type { ImportSummary, ProjectChoice } from 'honeyhive-server';
import { addAudit } from '../audit.ts';
import type { CommandInput, RunCommand } from '../command.ts';
import { withDataFolder } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { countOf, formatCount } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { withProgress } from '../output/progress.ts';
import type { Report } from '../output/progress.ts';
import { formatAdvance } from '../output/rate.ts';
import { toTransferFailure } from '../transfer-failure.ts';

/** What the options say of the project to import; null: everything. */
async function readChoice(
  folder: DataFolder,
  { flags }: CommandInput,
): Promise<ProjectChoice | null> {
  const { '--project': project = null, '--as': name, '--into': into } = flags;
  if (name !== undefined && into !== undefined) {
    throw new Failure(
      '--as creates a new project, --into uses an existing one: use only one of them',
      {
        exit: 'usage',
      },
    );
  }
  if (name !== undefined) {
    if (name.trim() === '' || name.length > 200)
      throw new Failure('--as must be 1 to 200 characters', { exit: 'usage' });
    return { project, target: { name } };
  }
  if (into === undefined) return project === null ? null : { project, target: null };
  const found = await folder.metadata.findProject(into);
  if (found) return { project, target: { into: found } };
  throw new Failure(`there is no project ${JSON.stringify(into)} in ${folder.dataDir}`, {
    nextStep: 'Without --into, the project of the file is made.',
  });
}

async function readImport(
  folder: DataFolder,
  input: CommandInput,
  report: Report,
): Promise<ImportSummary> {
  const [path = ''] = input.args;
  const choice = await readChoice(folder, input);
  const { importLines, readLines } = await import('honeyhive-server');
  const { size } = await stat(path);
  const startedAt = performance.now();
  let bytes = 0;
  return importLines(
    readLines(path, (count) => void (bytes = count)),
    {
      ...folder,
      choice,
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
      `skipped: ${countOf(conflicts, 'event')}, because another event has the id: ${conflictIds.join(', ')}${more}`,
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
      withProgress(terminal, `importing ${path}`, async (report) => {
        const read = await readImport(folder, input, report);
        const audit = { action: 'data.import', projectId: null, targets: [path] } as const;
        await addAudit(folder.metadata, terminal, audit);
        return read;
      }),
  }).catch((error: unknown) => {
    throw toTransferFailure(error, path);
  });
  terminal.write('--json' in input.flags ? formatJson(summary) : toText(summary));
  return summary.conflicts === 0 ? exitCodes.ok.code : exitCodes.failed.code;
};
