import type { CommandRow } from './command.ts';
import { commands } from './commands.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';
import { formatCommandHelp, formatGroupHelp, formatProgramHelp, isGroup } from './help.ts';
import type { Terminal } from './output/terminal.ts';
import { parseInput, selectCommand } from './parse-command-line.ts';
import { settingRows } from './settings.ts';
import { readVersion } from './version.ts';

/** Runs one command line; returns the exit code. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    return reportError(error, terminal);
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const selection = selectCommand(argv, commands);
  switch (selection.kind) {
    case 'command':
      return runCommand(selection.command, selection.rest, terminal);
    case 'help':
      terminal.write(await helpOn(selection.topic, terminal.columns));
      return exitCodes.ok.code;
    case 'version':
      terminal.write(`${readVersion()}\n`);
      return exitCodes.ok.code;
    case 'nothing':
      terminal.note(formatProgramHelp(commands, terminal.columns));
      return exitCodes.usage.code;
    case 'unknown':
      return refuse(terminal, {
        problem: `${JSON.stringify(selection.name)} is not a command`,
        given: selection.name,
        known: selection.known,
        help: 'honeyhive --help lists the commands.',
      });
  }
}

async function runCommand(
  command: CommandRow,
  rest: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const options = [...command.options, ...(await settingRows(command))];
  const parsed = parseInput(rest, command, options);
  if (parsed.kind === 'help') {
    terminal.write(formatCommandHelp(command, options, terminal.columns));
    return exitCodes.ok.code;
  }
  if (parsed.kind === 'wrong') {
    return refuse(terminal, {
      problem: parsed.problem,
      given: parsed.strangeFlag,
      known: [...options.map(({ flag }) => flag), '--help'],
      help: `honeyhive ${command.name} --help tells how to call it.`,
    });
  }
  const { run } = await command.load();
  return run(parsed.input, terminal);
}

async function helpOn(topic: string | null, columns: number): Promise<string> {
  if (topic === null) return formatProgramHelp(commands, columns);
  if (isGroup(topic, commands)) return formatGroupHelp(topic, commands, columns);
  const command = commands.find(({ name }) => name === topic);
  if (!command) return formatProgramHelp(commands, columns);
  return formatCommandHelp(command, [...command.options, ...(await settingRows(command))], columns);
}

interface Refusal {
  readonly problem: string;
  /** What was given that is not known; null when that is not what was wrong. */
  readonly given: string | null;
  readonly known: readonly string[];
  readonly help: string;
}

async function refuse(terminal: Terminal, refusal: Refusal): Promise<number> {
  const { nearestName } = await import('honeyhive-facts');
  const near = refusal.given === null ? null : nearestName(refusal.given, refusal.known);
  const question = near === null ? '' : `; did you mean ${near}?`;
  terminal.note(`honeyhive: ${refusal.problem}${question}\n${refusal.help}\n`);
  return exitCodes.usage.code;
}

function reportError(error: unknown, terminal: Terminal): number {
  if (error instanceof Failure) {
    terminal.note(`honeyhive: ${error.message}\n`);
    if (error.nextStep !== null) terminal.note(`${error.nextStep}\n`);
    return error.exitCode;
  }
  // Not foreseen, so it is a defect: the stack is what a report of it needs.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.note(`honeyhive: unexpected failure\n${text}\n`);
  return exitCodes.failed.code;
}
