// Sets up what is missing, then runs the `honeyhive` command with the arguments given.
import './node-version.mjs';
import { join } from 'node:path';
import { root, runInForeground } from './child.mjs';
import { setUp } from './setup.mjs';

const command = join(root, 'packages', 'cli', 'bin', 'honeyhive.cjs');

/** Runs `honeyhive` until it ends and ends with its exit code. */
export async function runHoneyhive(args) {
  await setUp();
  // Paths among the arguments are meant from where npm was called.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await runInForeground(process.execPath, [command, ...args], { cwd });
}

if (process.argv[1] === import.meta.filename) await runHoneyhive(process.argv.slice(2));
