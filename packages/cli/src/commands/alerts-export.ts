import { createAlertApi } from '../alerts/alert-api.ts';
import { chooseProject } from '../alerts/choose-project.ts';
import { toFileText } from '../alerts/file-text.ts';
import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

export const run: RunCommand = async (input, terminal) => {
  const text = await withClient(terminal, async (client) => {
    const { id, name } = await chooseProject(client, input.flags['--project'] ?? null);
    return toFileText(name, await createAlertApi(client, id).read());
  });
  terminal.write(text);
  return exitCodes.ok.code;
};
