import type { ServerConfig } from 'honeyhive-server';
import { Failure } from './failure.ts';
import { hasDatabase } from './settings.ts';

/**
 * A backup is a copy of a data folder.
 *
 * @throws {Failure} the metadata is in PostgreSQL, with what to use instead
 */
export function refuseDatabase(config: ServerConfig): void {
  if (!hasDatabase(config)) return;
  throw new Failure('the metadata is in PostgreSQL, which honeyhive does not back up', {
    exit: 'config',
    nextStep:
      'Use pg_dump and pg_restore for the database, and `honeyhive export` and `honeyhive import` for the events.',
  });
}
