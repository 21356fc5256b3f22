import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { projectColumns } from '../project-row.ts';

export const run: RunCommand = async (input, terminal) => {
  const projects = await withClient(terminal, async (client) => {
    const all = [];
    for await (const project of client.listProjects({ limit: 1000 })) all.push(project);
    return all;
  });
  terminal.write(
    '--json' in input.flags ? formatJson(projects) : formatTable(projects, projectColumns),
  );
  return exitCodes.ok.code;
};
