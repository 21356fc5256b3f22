import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { childEnvironment } from './child-environment.ts';

/** How a process ended. */
export interface Exit {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Its own process. */
export interface Child {
  readonly pid: number;
  /** Everything written to stdout so far, then everything written to stderr. */
  output(): string;
  stdout(): string;
  isRunning(): boolean;
  /** Settles when the process is gone and its output is read. */
  readonly exited: Promise<Exit>;
  /** Send a signal and wait until the process is gone. */
  kill(signal: NodeJS.Signals): Promise<Exit>;
  /**
   * Wait until stdout matches.
   *
   * @throws when the process ends first, or after `withinMs`; the message holds the output
   */
  waitForLine(pattern: RegExp, withinMs: number): Promise<RegExpExecArray>;
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Make it the leader of a process group, so that signals reach what it starts, too. */
  readonly isGroupLeader?: boolean;
}

type Process = ChildProcessByStdio<null, Readable, Readable>;

/** Collects what a process writes. */
function collectOutput(started: Process) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    started[name].setEncoding('utf8').on('data', (text: string) => (written[name] += text));
  }
  return written;
}

/** Start a program with this process's environment, minus the settings of the product. */
export function startChild(
  command: string,
  args: readonly string[],
  options: ChildOptions = {},
): Child {
  const started = spawn(command, args, {
    env: childEnvironment(options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.isGroupLeader ?? false,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const { pid } = started;
  if (pid === undefined) throw new Error(`could not start ${command}`);
  const written = collectOutput(started);
  let isRunning = true;
  const exited = new Promise<Exit>((resolve) => {
    started.on('close', (code, signal) => {
      isRunning = false;
      resolve({ code, signal });
    });
  });
  const child: Omit<Child, 'waitForLine'> = {
    pid,
    output: () => `${written.stdout}${written.stderr}`,
    stdout: () => written.stdout,
    isRunning: () => isRunning,
    exited,
    kill(signal) {
      if (isRunning) process.kill(options.isGroupLeader === true ? -pid : pid, signal);
      return exited;
    },
  };
  return {
    ...child,
    waitForLine: (pattern, withinMs) => waitForLine(started, child, { pattern, withinMs }),
  };
}

function waitForLine(
  started: Process,
  child: Omit<Child, 'waitForLine'>,
  { pattern, withinMs }: { readonly pattern: RegExp; readonly withinMs: number },
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      started.stdout.off('data', look);
      started.off('close', onClose);
      settle();
    };
    const fail = (reason: string) =>
      finish(() => reject(new Error(`${reason} before ${pattern}:\n${child.output()}`)));
    const look = () => {
      const match = pattern.exec(child.stdout());
      if (match !== null) finish(() => resolve(match));
    };
    const onClose = () => fail('the process ended');
    const timer = setTimeout(() => fail(`nothing for ${withinMs} ms`), withinMs);
    started.stdout.on('data', look);
    started.on('close', onClose);
    look();
    if (!child.isRunning()) onClose();
  });
}
