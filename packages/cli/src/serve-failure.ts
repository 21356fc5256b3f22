import type { ServerConfig } from 'honeyhive-server';
import { ConfigError } from 'honeyhive-server/config';
import { Failure, messageOf } from './failure.ts';
import { toFolderFailure } from './folder-failure.ts';

type Describe = (error: Error, config: ServerConfig) => Failure | null;

/** The metrics may have their own port: the error says which it was. */
function placeOf(error: Error, { host, port }: ServerConfig): string {
  return 'address' in error && 'port' in error
    ? `${String(error.address)}:${String(error.port)}`
    : `${host}:${port}`;
}

const noAddress: Describe = (cause, { host }) =>
  new Failure(`this machine has no address ${host}`, {
    exit: 'config',
    nextStep: 'Set --host or HH_HOST to 127.0.0.1, or to 0.0.0.0 for all addresses.',
    cause,
  });

const byCode: Readonly<Record<string, Describe>> = {
  EADDRINUSE: (cause, config) =>
    new Failure(`another program listens on ${placeOf(cause, config)}`, {
      nextStep: 'Stop it, or choose another port with --port; 0 takes a free one.',
      cause,
    }),
  EADDRNOTAVAIL: noAddress,
  ENOTFOUND: noAddress,
  // Files that cannot be written have the same code.
  EACCES: (cause, config) =>
    'syscall' in cause && cause.syscall === 'listen'
      ? new Failure(`this user may not listen on ${placeOf(cause, config)}`, {
          exit: 'notPermitted',
          nextStep: 'Choose a port from 1024 with --port.',
          cause,
        })
      : null,
  // The messages name the holder and what to do.
  data_locked: (cause) => new Failure(cause.message, { cause }),
  not_replicated: (cause) => new Failure(cause.message, { exit: 'config', cause }),
  clickhouse_away: (cause) =>
    new Failure(`${cause.message} ${messageOf(cause.cause)}`, {
      nextStep: 'Check HH_CLICKHOUSE_URL; `honeyhive doctor` says what the server allows.',
      cause,
    }),
  other_server: (cause) => new Failure(cause.message, { cause }),
  postgres_away: (cause) =>
    new Failure(`${cause.message} ${messageOf(cause.cause)}`, {
      nextStep: 'Check HH_POSTGRES_URL, and that the database accepts connections from here.',
      cause,
    }),
};

/** What a person can do about a service that did not start; other errors as they are. */
export function toServeFailure(error: unknown, config: ServerConfig): unknown {
  if (error instanceof ConfigError) return new Failure(error.message, { exit: 'config' });
  if (!(error instanceof Error) || !('code' in error)) return error;
  const failure = byCode[String(error.code)]?.(error, config) ?? null;
  return failure ?? toFolderFailure(error, config.dataDir);
}
