import { configOptions, formatOption } from 'honeyhive-server/config';
import type { ResolvedConfig } from 'honeyhive-server/config';
import { maskKey, readApiSettings } from '../api-settings.ts';
import type { ApiSettings } from '../api-settings.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { readSettings } from '../settings.ts';

interface SettingRow {
  readonly name: string;
  readonly value: string | number | null;
  readonly shown: string;
  readonly origin: string;
  readonly env: string;
  readonly flag: string | null;
}

function serverRows({ config, origins }: ResolvedConfig): SettingRow[] {
  const values: Readonly<Record<string, string | number>> = config;
  const from: Readonly<Record<string, string>> = origins;
  return Object.entries(configOptions).map(([name, option]) => {
    const value = values[name] ?? option.default;
    const shown = formatOption(value, option);
    const isSecret = 'secret' in option && value !== option.default;
    return {
      name,
      value: isSecret ? shown : value,
      shown,
      origin: from[name] ?? 'default',
      env: option.env,
      flag: option.flag,
    };
  });
}

function apiRows({ url, key, origins }: ApiSettings): SettingRow[] {
  const masked = key === null ? null : maskKey(key);
  return [
    { name: 'apiUrl', value: url, shown: url, origin: origins.url, env: 'HH_API_URL', flag: null },
    {
      name: 'apiKey',
      value: masked,
      shown: masked ?? '(none)',
      origin: origins.key,
      env: 'HH_API_KEY',
      flag: null,
    },
  ];
}

const columns: readonly Column<SettingRow>[] = [
  { title: 'SETTING', cell: ({ name }) => name },
  { title: 'VALUE', cell: ({ shown }) => shown },
  { title: 'FROM', cell: ({ origin }) => origin },
  { title: 'VARIABLE', cell: ({ env }) => env },
  { title: 'OPTION', cell: ({ flag }) => flag ?? '' },
];

export const run: RunCommand = async (input, terminal) => {
  const resolved = await readSettings(input, terminal);
  const rows = [...serverRows(resolved), ...apiRows(readApiSettings(terminal.env))];
  const forPrograms = Object.fromEntries(
    rows.map(({ name, value, origin }) => [name, { value, origin }]),
  );
  terminal.write('--json' in input.flags ? formatJson(forPrograms) : formatTable(rows, columns));
  return exitCodes.ok.code;
};
