import { parseArgs } from 'node:util';
import type { CommandInput, CommandRow, OptionRow } from './command.ts';

/** What the first words of a command line name. */
export type Selection =
  | { readonly kind: 'command'; readonly command: CommandRow; readonly rest: readonly string[] }
  /** Help on the program (null), on a group such as `keys`, or on a command. */
  | { readonly kind: 'help'; readonly topic: string | null }
  | { readonly kind: 'version' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly name: string; readonly known: readonly string[] };

const isVersion = (word: string) => word === '--version' || word === '-V';
const isHelp = (word: string) => word === '--help' || word === '-h';

/** The first words of the commands, each once. */
export function topicsOf(commands: readonly CommandRow[]): string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ', 1)[0] ?? name))];
}

/** Finds the command that a command line names. */
export function selectCommand(argv: readonly string[], commands: readonly CommandRow[]): Selection {
  const [first] = argv;
  if (first === undefined) return { kind: 'nothing' };
  if (isVersion(first)) return { kind: 'version' };
  if (isHelp(first)) return { kind: 'help', topic: null };
  if (first === 'help') return selectHelp(argv.slice(1), commands);
  for (const words of [2, 1]) {
    const command = commands.find(({ name }) => name === argv.slice(0, words).join(' '));
    if (command) return { kind: 'command', command, rest: argv.slice(words) };
  }
  return selectGroup(first, argv[1], commands);
}

function selectGroup(
  first: string,
  second: string | undefined,
  commands: readonly CommandRow[],
): Selection {
  if (!topicsOf(commands).includes(first)) return unknown(first, topicsOf(commands));
  if (second === undefined || isHelp(second)) return { kind: 'help', topic: first };
  return unknown(
    `${first} ${second}`,
    commands.map(({ name }) => name).filter((name) => name.startsWith(`${first} `)),
  );
}

function unknown(name: string, known: readonly string[]): Selection {
  return { kind: 'unknown', name, known };
}

function selectHelp(words: readonly string[], commands: readonly CommandRow[]): Selection {
  const topic = words.filter((word) => !isHelp(word)).join(' ');
  if (topic === '') return { kind: 'help', topic: null };
  const known = [...topicsOf(commands), ...commands.map(({ name }) => name)];
  return known.includes(topic) ? { kind: 'help', topic } : unknown(topic, [...new Set(known)]);
}

/** The rest of a command line, or what is wrong with it. */
export type ParsedInput =
  | { readonly kind: 'input'; readonly input: CommandInput }
  | { readonly kind: 'help' }
  | {
      readonly kind: 'wrong';
      readonly problem: string;
      /** An option that is not known, to be compared with those that are. */
      readonly strangeFlag: string | null;
    };

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly isInline: boolean;
}

function wrong(problem: string, strangeFlag: string | null = null): ParsedInput {
  return { kind: 'wrong', problem, strangeFlag };
}

/** What is wrong with an option as it was given; null when nothing is. */
function findFault(token: OptionToken, option: OptionRow): string | null {
  if (option.value === null) {
    return token.isInline ? `${option.flag} takes no value` : null;
  }
  const isNextOption = !token.isInline && token.value?.startsWith('--') === true;
  if (token.value === undefined || token.value === '' || isNextOption) {
    return `${option.flag} needs a value: ${option.flag} <${option.value}>`;
  }
  if (option.choices && !option.choices.includes(token.value)) {
    return `${option.flag} ${token.value}: must be one of ${option.choices.join(', ')}`;
  }
  return null;
}

/** Takes the rest of a command line apart, by the rows of the command. */
export function parseInput(
  rest: readonly string[],
  command: Pick<CommandRow, 'args'>,
  options: readonly OptionRow[],
): ParsedInput {
  if (rest.some(isHelp)) return { kind: 'help' };
  const { tokens } = parseArgs({
    args: [...rest],
    options: Object.fromEntries(
      options.map(({ flag, value }) => [
        flag.slice(2),
        { type: value === null ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags: Record<string, string> = {};
  const args: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options.find(({ flag }) => flag === token.rawName);
    if (!option) return wrong(`option ${token.rawName} is not known`, token.rawName);
    const given = { ...token, isInline: token.inlineValue === true };
    const fault = findFault(given, option);
    if (fault !== null) return wrong(fault);
    flags[option.flag] = token.value ?? '';
  }
  return checkArgs(args, command) ?? { kind: 'input', input: { flags, args } };
}

function checkArgs(args: readonly string[], command: Pick<CommandRow, 'args'>): ParsedInput | null {
  const missing = command.args[args.length];
  if (missing) return wrong(`${missing.name} is missing: ${missing.doc}`);
  const extra = args[command.args.length];
  return extra === undefined ? null : wrong(`${JSON.stringify(extra)} is one argument too many`);
}
