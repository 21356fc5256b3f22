import pg from 'pg';
import { StoreUnavailable } from '../../domain/event-store.ts';
import { PostgresAway, WriteConflict } from './postgres-faults.ts';

/** What PostgreSQL says when it cannot work now. Source: postgresql.org/docs/current/errcodes-appendix.html. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['25006', 'is read-only'],
  ['28000', 'refuses the user'],
  ['28P01', 'refuses the password'],
  ['3D000', 'has no such database'],
  ['53100', 'has no space on its disk'],
  ['53200', 'is out of memory'],
  ['53300', 'has too many connections'],
  ['55P03', 'did not get a lock in time'],
  ['57014', 'took too long'],
  ['57P01', 'is shutting down'],
  ['57P02', 'is restarting after a crash'],
  ['57P03', 'is starting or shutting down'],
]);

/** Classes of codes: connections, resources, intervention of an operator, the system. */
const passing: ReadonlySet<string> = new Set(['08', '53', '57', '58']);

/** Serialization failure, deadlock; and a key that another transaction inserted after this one looked for it. */
const conflicts: ReadonlySet<string> = new Set(['40001', '40P01', '23505']);

/**
 * What went wrong on a connection: a conflict, a fault that may pass, or, when the statement itself is wrong, the error
 * as it is. Neither messages nor causes have the password in them.
 */
export function toPostgresError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnavailable) return error;
  // What comes from the connection and not from the server: refused, reset, timed out, closed.
  if (!(error instanceof pg.DatabaseError))
    return new PostgresAway('cannot be reached', { cause: error });
  const code = error.code ?? '';
  if (conflicts.has(code))
    return new WriteConflict('The metadata store cannot be used: too many concurrent changes.', {
      cause: error,
    });
  const reason = reasons.get(code);
  if (reason === undefined && !passing.has(code.slice(0, 2))) return error;
  return new PostgresAway(reason ?? `fails with ${code}`, { cause: error });
}
