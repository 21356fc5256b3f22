import { expect, test } from 'vitest';
import { metadataMigrations } from './migrations.ts';
import { toPostgres } from './postgres-schema.ts';

test('a table of SQLite becomes one of PostgreSQL, with text in the order of its bytes', () => {
  const [first] = metadataMigrations;

  expect(toPostgres(first?.statements[4] ?? '')).toBe(`CREATE TABLE IF NOT EXISTS held_patches (
        sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        project_id TEXT COLLATE "C",
        event_id TEXT COLLATE "C" NOT NULL,
        patch TEXT COLLATE "C" NOT NULL,
        received_at BIGINT NOT NULL
      )`);
});
