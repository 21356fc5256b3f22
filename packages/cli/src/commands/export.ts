import type { RestartReason, ExportStart, Project, RecordCounts } from 'honeyhive-server';
import { addAudit } from '../audit.ts';
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

const restart: Readonly<Record<RestartReason, string>> = {
  other: 'the partial file is an export of something else',
  changed: 'the data has changed since it was started',
  damaged: 'the partial file is damaged',
};

/** What a person has to know of how the export begins; null: nothing. */
function sayStart(start: ExportStart, total: number): string | null {
  switch (start.kind) {
    case 'new':
      return null;
    case 'restart':
      return `starting over: ${restart[start.reason]}`;
    case 'continued':
      return `continuing at ${Math.floor((start.counts.event / total) * 100)} %`;
  }
}

async function exportTo(
  folder: DataFolder,
  input: CommandInput,
  { report, note }: { readonly report: Report; readonly note: (text: string) => void },
): Promise<Exported> {
  const [path = ''] = input.args;
  const { writeExport } = await import('honeyhive-server');
  const project = await findProject(folder, input);
  const startedAt = performance.now();
  let total = 1;
  let begunCount = 0;
  const source = {
    ...folder,
    project,
    writtenBy: readVersion(),
    now: Date.now(),
    onProgress({ event }: RecordCounts) {
      const elapsedMs = performance.now() - startedAt;
      const begun = { share: begunCount / total, count: begunCount };
      report(formatAdvance({ share: event / total, count: event, elapsedMs, begun }, 'events'));
    },
  };
  const counts = await writeExport(path, source, {
    restarts: '--restart' in input.flags,
    onStart(start, eventCount) {
      total = Math.max(1, eventCount);
      if (start.kind === 'continued') begunCount = start.counts.event;
      const text = sayStart(start, total);
      if (text !== null) note(`${path}: ${text}\n`);
    },
  });
  await addAudit(
    folder.metadata,
    { note },
    { action: 'data.export', projectId: project?.id ?? null, targets: [path] },
  );
  return { counts, elapsedMs: performance.now() - startedAt };
}

export const run: RunCommand = async (input, terminal) => {
  const [path = ''] = input.args;
  const { counts, elapsedMs } = await withDataFolder(input, terminal, {
    mayCreate: false,
    work: (folder) =>
      withProgress(terminal, `exporting to ${path}`, (report) =>
        exportTo(folder, input, { report, note: (text) => terminal.note(text) }),
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
