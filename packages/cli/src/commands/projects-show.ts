import type { Project } from 'honeyhive';
import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatJson } from '../output/json.ts';
import { alignColumns } from '../output/table.ts';
import { projectColumns } from '../project-row.ts';
import { findProject } from '../project-lookup.ts';

function toText(project: Project): string {
  const lines = projectColumns.map(({ title, cell }) => [title.toLowerCase(), cell(project)]);
  return `${alignColumns(lines, ['left', 'left']).join('\n')}\n`;
}

export const run: RunCommand = async (input, terminal) => {
  const [name = ''] = input.args;
  const project = await withClient(terminal, (client) => findProject(client, name));
  terminal.write('--json' in input.flags ? formatJson(project) : toText(project));
  return exitCodes.ok.code;
};
