import { identityColumn } from './identity-column.ts';

/**
 * A statement of the schema for PostgreSQL. Text is compared by its bytes, as SQLite does, whatever the locale of the
 * database.
 */
export const toPostgres = (statement: string): string =>
  statement
    .replaceAll(identityColumn, 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY')
    .replaceAll(/ TEXT\b/g, ' TEXT COLLATE "C"');
