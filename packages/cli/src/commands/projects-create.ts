import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatJson } from '../output/json.ts';

export const run: RunCommand = async (input, terminal) => {
  const [name = ''] = input.args;
  const description = input.flags['--description'];
  const project = await withClient(terminal, (client) =>
    client.createProject({ name, ...(description === undefined ? {} : { description }) }),
  );
  terminal.write(
    '--json' in input.flags
      ? formatJson(project)
      : `Project ${project.name} was made; its id is ${project.id}.\n`,
  );
  return exitCodes.ok.code;
};
