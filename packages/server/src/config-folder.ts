import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { ConfigOption } from './config-option.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function homeOf(env: Environment): string {
  return env['HOME'] ?? homedir();
}

/** The default of a setting; of a folder, where data belongs on this system. */
export function defaultOf(option: ConfigOption, env: Environment): string | number {
  const dataHome = env['XDG_DATA_HOME'] ?? '';
  // XDG Base Directory Specification: a relative path in the variable is invalid and ignored.
  if (option.type === 'folder' && isAbsolute(dataHome)) return join(dataHome, 'honeyhive');
  return option.default;
}

/** The path that a setting names; `~` is the home folder. */
export function absolutePath(path: string, env: Environment): string {
  return resolve(path === '~' || path.startsWith('~/') ? join(homeOf(env), path.slice(1)) : path);
}
