import { withClient } from '../api-client.ts';
import type { CommandInput } from '../command.ts';
import type { Terminal } from '../output/terminal.ts';
import { createAlertApi } from './alert-api.ts';
import type { AlertApi } from './alert-api.ts';
import { chooseProject } from './choose-project.ts';

/** The alerts of the project that the command line names, for `work`. */
export const withAlerts = <Result>(
  { flags }: Pick<CommandInput, 'flags'>,
  terminal: Terminal,
  work: (api: AlertApi) => Promise<Result>,
): Promise<Result> =>
  withClient(terminal, async (client) => {
    const { id } = await chooseProject(client, flags['--project'] ?? null);
    return work(createAlertApi(client, id));
  });
