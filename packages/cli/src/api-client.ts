import type { HoneyHive } from 'honeyhive';
import { readApiSettings } from './api-settings.ts';
import type { ApiSettings } from './api-settings.ts';
import { Failure } from './failure.ts';
import type { Terminal } from './output/terminal.ts';

/** A client of the service that the environment names, for `work`; closed afterwards. */
export async function withClient<Result>(
  terminal: Terminal,
  work: (client: HoneyHive) => Promise<Result>,
): Promise<Result> {
  const settings = readApiSettings(terminal.env);
  if (settings.key === null) {
    throw new Failure('HH_API_KEY is not set', {
      exit: 'config',
      nextStep:
        'Paste the two export lines that the first start of the service printed, or create a key with `honeyhive keys create`.',
    });
  }
  return callService(settings, work);
}

/** A client of a service, for `work`; closed afterwards. Its errors come out as failures that name the next step. */
export async function callService<Result>(
  { url, key }: Pick<ApiSettings, 'url' | 'key'>,
  work: (client: HoneyHive) => Promise<Result>,
): Promise<Result> {
  const library = await import('honeyhive');
  try {
    // What the service should do at once, and a person waits for, is not tried for long.
    const client = new library.HoneyHive({
      baseUrl: url,
      maxRetries: 2,
      ...(key === null ? {} : { apiKey: key }),
    });
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  } catch (error) {
    throw toFailure(error, url, library);
  }
}

type Library = typeof import('honeyhive');

function toFailure(error: unknown, url: string, library: Library): unknown {
  if (error instanceof library.HoneyHiveConnectionError) {
    return new Failure(`no service answers at ${url} (${error.code})`, {
      exit: 'unreachable',
      nextStep: 'Start one with `honeyhive serve`, or set HH_API_URL to where it listens.',
      cause: error,
    });
  }
  if (error instanceof library.HoneyHiveAuthenticationError) {
    const nextStep =
      error.statusCode === 403
        ? 'Use a key with more access: `honeyhive keys create --access full`.'
        : 'Set HH_API_KEY to a key of this service: `honeyhive keys create` creates one.';
    return new Failure(error.message, { exit: 'notPermitted', nextStep, cause: error });
  }
  if (error instanceof library.HoneyHiveConfigError) {
    return new Failure(error.message, { exit: 'config', cause: error });
  }
  if (error instanceof library.HoneyHiveProtocolError) {
    return new Failure(`${url} does not answer like a honeyhive service: ${error.message}`, {
      nextStep: 'Check HH_API_URL.',
      cause: error,
    });
  }
  return error instanceof library.HoneyHiveError
    ? new Failure(error.message, { cause: error })
    : error;
}
