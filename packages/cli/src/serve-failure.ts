import type { ServerConfig } from 'honeyhive-server';
import { Failure, messageOf } from './failure.ts';
import { toFolderFailure } from './folder-failure.ts';

/** What a person can do about a service that did not start; other errors as they are. */
export function toServeFailure(error: unknown, config: ServerConfig): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const place = `${config.host}:${config.port}`;
  if (code === 'EADDRINUSE') {
    return new Failure(`another program listens on ${place}`, {
      nextStep: 'Stop it, or choose another port with --port; 0 takes a free one.',
      cause: error,
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Failure(`this machine has no address ${config.host}`, {
      exit: 'config',
      nextStep: 'Set --host or HH_HOST to 127.0.0.1, or to 0.0.0.0 for all addresses.',
      cause: error,
    });
  }
  if (code === 'EACCES' && config.port > 0 && config.port < 1024 && isListenError(error)) {
    return new Failure(`this user may not listen on ${place}`, {
      exit: 'notPermitted',
      nextStep: 'Choose a port from 1024 with --port.',
      cause: error,
    });
  }
  // The message names the holder and what to do.
  if (code === 'data_locked') return new Failure(messageOf(error), { cause: error });
  return toFolderFailure(error, config.dataDir);
}

const isListenError = (error: unknown) => messageOf(error).includes('listen');
