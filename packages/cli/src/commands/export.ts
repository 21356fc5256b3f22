import type { Project, RecordCounts } from 'honeyhive-server';
import type { CommandInput, RunCommand } from '../command.ts';
import { withDataFolder } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { countOf, formatDuration } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { withProgress } from '../output/progress.ts';
import type { Report } from '../output/progress.ts';
import { formatAdvance } from '../output/rate.ts';
import { toTransferFailure } from '../transfer-failure.ts';
import { readVersion } from '../version.ts';

/** What an export wrote. */
interface Exported {
  readonly counts: RecordCounts;
  readonly elapsedMs: number;
}

async function findProject(folder: DataFolder, input: CommandInput): Promise<Project | null> {
  const name = input.flags['--project'];
  if (name === undefined) return null;
  const project = await folder.metadata.findProject(name);
  if (project) return project;
  throw new Failure(`there is no project ${JSON.stringify(name)} in ${folder.dataDir}`, {
    nextStep: 'Without --project, all projects are exported.',
  });
}

/** Events that are not deleted, of one project or of all; the measure of the progress. */
async function countEvents(folder: DataFolder, project: Project | null): Promise<number> {
  const ids: string[] = [];
  for await (const record of folder.metadata.readRecords(project?.id ?? null))
    if (record.type === 'project') ids.push(record.project.id);
  const query = { projectIds: ids, filters: [], rootsOnly: false };
  return ids.length === 0 ? 0 : folder.events.countEvents(query);
}

async function writeExport(
  folder: DataFolder,
  input: CommandInput,
  report: Report,
): Promise<Exported> {
  const [path = ''] = input.args;
  const { exportLines, writeLines } = await import('honeyhive-server');
  const project = await findProject(folder, input);
  const total = Math.max(1, await countEvents(folder, project));
  const startedAt = performance.now();
  let counts: RecordCounts | null = null;
  const lines = exportLines({
    ...folder,
    project,
    writtenBy: readVersion(),
    now: Date.now(),
    onProgress({ event: count }) {
      const elapsedMs = performance.now() - startedAt;
      report(formatAdvance({ share: count / total, count, elapsedMs }, 'events'));
    },
  });
  await writeLines(
    path,
    (async function* () {
      counts = yield* lines;
    })(),
  );
  if (counts === null) throw new Error('the export ended without its counts');
  return { counts, elapsedMs: performance.now() - startedAt };
}

export const run: RunCommand = async (input, terminal) => {
  const [path = ''] = input.args;
  const { counts, elapsedMs } = await withDataFolder(input, terminal, {
    mayCreate: false,
    work: (folder) =>
      withProgress(terminal, `exporting to ${path}`, (report) =>
        writeExport(folder, input, report),
      ),
  }).catch((error: unknown) => {
    throw toTransferFailure(error, path);
  });
  if ('--json' in input.flags) terminal.write(formatJson({ file: path, counts }));
  else {
    const what = `${countOf(counts.project, 'project')}, ${countOf(counts.key, 'key')}, ${countOf(counts.event, 'event')}`;
    terminal.write(`${path}: ${what} in ${formatDuration(elapsedMs)}\n`);
  }
  return exitCodes.ok.code;
};
