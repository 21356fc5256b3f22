import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../../tables.ts';

export type Written = 'stored' | 'known';

/** How the records of a noun leave an installation and come to another one. */
export interface RecordTable<Value> {
  /** Those of a project; null: all there are. */
  read(
    db: Kysely<Tables>,
    projectId: string | null,
  ): Promise<readonly Value[]> | AsyncIterable<Value>;
  /**
   * Adds a record. One that is there already stays as it is: `'known'`.
   *
   * @throws {RecordConflict} something else is there in its place
   */
  write(db: Transaction<Tables>, record: Value): Promise<Written>;
}

/** What an insert did that does nothing when the row is there. */
export const toWritten = (rowCount: bigint | undefined): Written =>
  (rowCount ?? 0n) > 0n ? 'stored' : 'known';
