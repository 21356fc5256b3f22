import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from './child-environment.ts';

/** How a process ended. */
export interface Exit {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of its own. */
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
  let exit: Exit | undefined;
  let out = '';
  let err = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  started.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const exited = once(started, 'close').then(([code, signal]): Exit => {
    exit = { code: code as number | null, signal: signal as NodeJS.Signals | null };
    return exit;
  });
  const output = () => `${out}${err}`;

  return {
    pid,
    output,
    stdout: () => out,
    isRunning: () => exit === undefined,
    exited,
    kill(signal) {
      if (exit === undefined) process.kill(options.isGroupLeader === true ? -pid : pid, signal);
      return exited;
    },
    waitForLine: (pattern, withinMs) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(out);
          if (match !== null) finish(() => resolve(match));
        };
        const fail = (reason: string) =>
          finish(() => reject(new Error(`${reason} before ${pattern}:\n${output()}`)));
        const timer = setTimeout(() => fail(`no output for ${withinMs} ms`), withinMs);
        const onClose = () => fail('the process ended');
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          started.stdout.off('data', look);
          started.off('close', onClose);
          settle();
        };
        started.stdout.on('data', look);
        started.on('close', onClose);
        look();
        if (exit !== undefined) onClose();
      }),
  };
}
