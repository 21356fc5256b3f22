import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import type { Child } from './child.ts';
import { testDatabaseSetting } from './test-metadata.ts';

const built = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
/** What npm links as `honeyhive`, which loads what was built; or the bundle of it that `npm test` makes. */
const entryPoint =
  process.env['TEST_COMMAND'] ??
  fileURLToPath(new URL('../../cli/bin/honeyhive.cjs', import.meta.url));

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /**
   * Program that runs it, with its arguments: `['setpriv', '--no-new-privs']`. It has to become the command, not to
   * wait for it.
   */
  readonly under?: readonly string[];
  /** Default 240,000. */
  readonly timeoutMs?: number;
}

/** What a finished command left behind. */
export interface CommandResult {
  /** null when it had to be killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** stdout, then stderr. */
  readonly output: string;
}

/** Start the `honeyhive` command as built, with Node. */
export function startCommand(args: readonly string[], options: CommandOptions = {}): Child {
  if (!existsSync(built)) throw new Error(`${built} is missing: run \`npm run build\``);
  const [program, ...before] = [...(options.under ?? []), process.execPath, entryPoint];
  const env = { ...testDatabaseSetting(options.env?.['HH_DATA_DIR']), ...options.env };
  return startChild(program, [...before, ...args], { ...options, env });
}

/** Run the `honeyhive` command to its end; killed when it takes longer than `timeoutMs`. */
export async function runCommand(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = startCommand(args, options);
  const timer = setTimeout(() => void child.kill('SIGKILL'), options.timeoutMs ?? 240_000);
  const { code } = await child.exited;
  clearTimeout(timer);
  return { exitCode: code, stdout: child.stdout(), output: child.output() };
}
