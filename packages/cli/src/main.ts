import { createTerminal } from './output/terminal.ts';
import { runCommandLine } from './run.ts';

const written = (stream: NodeJS.WriteStream) =>
  new Promise<void>((resolve) => void stream.write('', () => resolve()));

// The reader of the output may close the pipe, as `head` does: that is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const exitCode = await runCommandLine(process.argv.slice(2), createTerminal(process.env));
await Promise.all([written(process.stdout), written(process.stderr)]);
// The event engine has threads that outlive its closing; a command is over when its work is done.
process.exit(exitCode);
