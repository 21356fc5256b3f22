import type { CommandRow, OptionRow } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { wrap } from './output/text.ts';
import { topicsOf } from './parse-command-line.ts';

const maxColumns = 100;

/** Two columns: names, and texts wrapped beside them. */
function definitionList(rows: readonly (readonly [string, string])[], columns: number): string[] {
  const indent = Math.min(34, Math.max(...rows.map(([name]) => name.length)) + 4);
  return rows.flatMap(([name, text]) => {
    const [first = '', ...more] = wrap(text, Math.max(30, columns - indent));
    const head = `  ${name}`;
    const lines =
      head.length + 2 > indent
        ? [head, `${' '.repeat(indent)}${first}`]
        : [head.padEnd(indent) + first];
    return [...lines, ...more.map((line) => ' '.repeat(indent) + line)];
  });
}

function optionText(option: OptionRow): string {
  const notes = [
    ...(option.choices ? [`one of ${option.choices.join(', ')}`] : []),
    ...(option.env === undefined ? [] : [`environment: ${option.env}`]),
    ...(option.default === undefined || option.default === null
      ? []
      : [`default: ${option.default}`]),
  ];
  return notes.length === 0 ? option.doc : `${option.doc} (${notes.join('; ')})`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}

const exitRows = (names: readonly (keyof typeof exitCodes)[]) =>
  names.map((name): [string, string] => [String(exitCodes[name].code), exitCodes[name].meaning]);

/** What `--help` of one command prints. */
export function formatCommandHelp(
  command: CommandRow,
  options: readonly OptionRow[],
  terminalColumns: number,
): string {
  const columns = Math.min(terminalColumns, maxColumns);
  const args = command.args.map(({ name }) => ` ${name}`).join('');
  const optionRows = [
    ...options.map((option): [string, string] => [
      option.value === null ? option.flag : `${option.flag} <${option.value}>`,
      optionText(option),
    ]),
    ['--help', 'Show this.'] as [string, string],
  ];
  const argumentRows = command.args.map(({ name, doc }): [string, string] => [name, doc]);
  const lines = [
    `Usage: honeyhive ${command.name}${args} [options]`,
    '',
    ...wrap(`${command.summary}.`, columns),
    ...(command.details === undefined ? [] : ['', ...wrap(command.details, columns)]),
    ...section('Arguments', argumentRows.length === 0 ? [] : definitionList(argumentRows, columns)),
    ...section('Options', definitionList(optionRows, columns)),
    ...section(
      'Examples',
      command.examples.map((example) => `  ${example}`),
    ),
    ...section(
      'Exit codes',
      definitionList(exitRows(['ok', 'failed', 'usage', ...command.exits]), columns),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function commandRows(commands: readonly CommandRow[]): [string, string][] {
  return commands.map((command): [string, string] => [
    [command.name, ...command.args.map(({ name }) => name)].join(' '),
    command.summary,
  ]);
}

/** What `honeyhive keys --help` prints: the commands of a group. */
export function formatGroupHelp(
  topic: string,
  commands: readonly CommandRow[],
  terminalColumns: number,
): string {
  const columns = Math.min(terminalColumns, maxColumns);
  const members = commands.filter(({ name }) => name.startsWith(`${topic} `));
  const lines = [
    `Usage: honeyhive ${topic} <command> [options]`,
    ...section('Commands', definitionList(commandRows(members), columns)),
    '',
    `honeyhive ${topic} <command> --help shows details.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** What `honeyhive --help` prints. */
export function formatProgramHelp(
  commands: readonly CommandRow[],
  terminalColumns: number,
): string {
  const columns = Math.min(terminalColumns, maxColumns);
  const lines = [
    'Usage: honeyhive <command> [options]',
    '',
    'See what your LLM application did: run the service, look into what it stored.',
    ...section('Commands', definitionList(commandRows(commands), columns)),
    ...section(
      'Options',
      definitionList(
        [
          ['--help', 'Show this; after a command, its own help.'],
          ['--version', 'Show the version.'],
        ],
        columns,
      ),
    ),
    ...section('Environment', definitionList(environmentRows, columns)),
    ...section(
      'Exit codes',
      definitionList(
        exitRows(['ok', 'failed', 'usage', 'unreachable', 'notPermitted', 'config']),
        columns,
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const environmentRows: [string, string][] = [
  [
    'HH_API_URL',
    'Address of the service that demo, projects, sessions and doctor talk to. Default http://127.0.0.1:4040.',
  ],
  ['HH_API_KEY', 'Key that they send. `honeyhive keys create` creates one.'],
  ['HH_PORT, HH_DATA_DIR, …', 'Settings of the service: honeyhive serve --help.'],
];

/** Whether a topic is a group of commands rather than a command. */
export function isGroup(topic: string, commands: readonly CommandRow[]): boolean {
  return topicsOf(commands).includes(topic) && !commands.some(({ name }) => name === topic);
}
