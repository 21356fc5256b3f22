import pg from 'pg';
import { expect, test } from 'vitest';
import { toPostgresError } from './postgres-error.ts';
import { PostgresAway, WriteConflict } from './postgres-faults.ts';

function databaseError(code: string): Error {
  const error = new pg.DatabaseError('what PostgreSQL says', 0, 'error');
  error.code = code;
  return error;
}

test.each([
  ['57P01', 'PostgreSQL is shutting down.'],
  ['53300', 'PostgreSQL has too many connections.'],
  ['25006', 'PostgreSQL is read-only.'],
  ['08006', 'PostgreSQL fails with 08006.'],
])('%s may pass', (code, reason) => {
  const error = toPostgresError(databaseError(code));

  expect(error).toBeInstanceOf(PostgresAway);
  expect(error).toMatchObject({ message: `The metadata store cannot be used: ${reason}` });
});

test('an error of the connection names no address', () => {
  const error = toPostgresError(new Error('connect ECONNREFUSED 10.0.0.5:5432'));

  expect(error).toMatchObject({
    message: 'The metadata store cannot be used: PostgreSQL cannot be reached.',
  });
});

test.each(['40001', '40P01', '23505'])('%s is a conflict, to be run again', (code) => {
  expect(toPostgresError(databaseError(code))).toBeInstanceOf(WriteConflict);
});

test('a statement that is wrong stays what it is', () => {
  const error = databaseError('42703');

  expect(toPostgresError(error)).toBe(error);
});
