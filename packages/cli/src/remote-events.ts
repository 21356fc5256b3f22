import type { ServerConfig } from 'honeyhive-server';
import { Failure } from './failure.ts';

/** Whether the events are on ClickHouse servers, and not in the data folder. */
export const hasRemoteEvents = ({
  clickhouseUrl,
  clickhouseUrlFile,
}: Pick<ServerConfig, 'clickhouseUrl' | 'clickhouseUrlFile'>): boolean =>
  clickhouseUrl !== 'none' || clickhouseUrlFile !== 'none';

/** @throws {Failure} the events are on ClickHouse servers: a backup of the data folder would be without them */
export function refuseRemoteEvents(config: ServerConfig): void {
  if (!hasRemoteEvents(config)) return;
  throw new Failure(
    'the events are on ClickHouse servers, which a backup of the data folder lacks',
    {
      nextStep:
        'Back them up with BACKUP DATABASE of ClickHouse; `honeyhive export` writes all data to a file.',
    },
  );
}
