import type { CommandInput, CommandRow, OptionRow } from './command.ts';
import { Failure } from './failure.ts';
import type { ConfigOption, ResolvedConfig, ServerConfig } from 'honeyhive-server/config';
import type { Terminal } from './output/terminal.ts';

function toRow(option: ConfigOption, format: (option: ConfigOption) => string): OptionRow {
  const words = {
    text: option.flag.slice(2),
    folder: 'folder',
    file: 'file',
    path: 'path',
    origins: 'origins',
    url: 'origin',
    proxies: 'addresses',
    smtp: 'url',
    clickhouse: 'url',
    postgres: 'url',
    integer: option.unit ?? 'number',
    choice: 'word',
  } as const;
  return {
    flag: option.flag,
    value: words[option.type],
    doc: option.doc,
    default: format(option),
    env: option.env,
    ...(option.type === 'choice' ? { choices: option.choices } : {}),
  };
}

/** The settings of the service that a command takes as options. */
export async function settingRows(command: Pick<CommandRow, 'settings'>): Promise<OptionRow[]> {
  if (command.settings === 'none') return [];
  const { configOptions, formatOption } = await import('honeyhive-server/config');
  const options =
    command.settings === 'all' ? Object.values(configOptions) : [configOptions.dataDir];
  return options.map((option) => toRow(option, (row) => formatOption(row.default, row)));
}

/** Whether the metadata is in a database, and not in the data folder. */
export const hasDatabase = ({
  postgresUrl,
  postgresUrlFile,
}: Pick<ServerConfig, 'postgresUrl' | 'postgresUrlFile'>): boolean =>
  postgresUrl !== 'none' || postgresUrlFile !== 'none';

/**
 * The settings of the service, out of the command line and the environment.
 *
 * @throws {Failure} that ends the program with code 78, naming every problem
 */
export async function readSettings(
  input: CommandInput,
  terminal: Terminal,
): Promise<ResolvedConfig> {
  const { ConfigError, configOptions, resolveConfig } = await import('honeyhive-server/config');
  const names = new Set<string>(Object.values(configOptions).map((option) => option.flag));
  const flags = Object.entries(input.flags).filter(([flag]) => names.has(flag));
  try {
    return resolveConfig(Object.fromEntries(flags), terminal.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Failure(error.message, {
      exit: 'config',
      nextStep: 'honeyhive serve --help lists the settings.',
      cause: error,
    });
  }
}
