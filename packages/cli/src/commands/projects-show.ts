import type { HoneyHive, Project } from 'honeyhive';
import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOf, formatBytes } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { alignColumns } from '../output/table.ts';
import { projectColumns } from '../project-row.ts';
import { findProject } from '../project-lookup.ts';

/** A project, with what waits for its events. */
interface ShownProject {
  readonly project: Project;
  readonly held: { readonly count: number; readonly bytes: number };
}

async function readProject(client: HoneyHive, name: string): Promise<ShownProject> {
  const project = await findProject(client, name);
  const path = `/v1/projects/${encodeURIComponent(project.id)}/held-updates` as const;
  const { data } = await client.request('GET', path);
  return { project, held: { count: data.count, bytes: data.bytes } };
}

function toText({ project, held }: ShownProject): string {
  const waiting = `${countOf(held.count, 'update')}, ${formatBytes(held.bytes)}`;
  const lines = [
    ...projectColumns.map(({ title, cell }) => [title.toLowerCase(), cell(project)]),
    ...(held.count === 0 ? [] : [['wait for their event', waiting]]),
  ];
  return `${alignColumns(lines, ['left', 'left']).join('\n')}\n`;
}

export const run: RunCommand = async (input, terminal) => {
  const [name = ''] = input.args;
  const shown = await withClient(terminal, (client) => readProject(client, name));
  const { project, held } = shown;
  terminal.write(
    '--json' in input.flags ? formatJson({ ...project, held_updates: held }) : toText(shown),
  );
  return exitCodes.ok.code;
};
