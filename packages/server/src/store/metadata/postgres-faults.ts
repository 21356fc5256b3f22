import { StoreUnavailable } from '../../domain/event-store.ts';

/** PostgreSQL cannot be used by anybody now: the next attempt connects again. The cause has the details. */
export class PostgresAway extends StoreUnavailable {
  readonly code = 'postgres_away';
  override readonly isForAll = true;

  /** @param reason continues the sentence "PostgreSQL …" */
  constructor(reason: string, options?: ErrorOptions) {
    super(`The metadata store cannot be used: PostgreSQL ${reason}.`, options);
  }
}

/** The transaction met another one, of this server or another, and changed nothing. It can be run again. */
export class WriteConflict extends StoreUnavailable {}
