import type { Logger } from 'pino';
import type { WriteFailure } from '../ingest/write-health.ts';

/** A line when writes begin to be refused, and one when they are stored again. */
export function logWriteHealth(logger: Logger): (failure: WriteFailure | null) => void {
  return (failure) => {
    if (failure === null) logger.info('writes are stored again');
    else logger.error({ reason: failure.message }, 'writes are refused');
  };
}
