/** One step of a schema, in the order of the list. */
export interface Migration {
  /** Never changes once released: the store records it. */
  readonly id: string;
  /** In a store without transactions, each may run again after a kill: `IF NOT EXISTS` and similar. */
  readonly statements: readonly string[];
}

/** The record of one migration in the store. */
export interface MigrationRecord {
  readonly id: string;
  /** False when the process died before its last statement. */
  readonly isFinished: boolean;
}

/** Where a store keeps what was done to it. */
export interface MigrationLedger {
  read(): Promise<MigrationRecord[]>;
  run(statement: string): Promise<void>;
  start(id: string): Promise<void>;
  /** Records all of them or, when the process dies, none. */
  finish(ids: readonly string[]): Promise<void>;
}

/** The folder was written by a newer version, whose schema this one does not know. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
  readonly code = 'newer_schema';
}

/** The migrations still to run, in order; one that was started and not finished runs again. */
export function planMigrations(
  migrations: readonly Migration[],
  records: readonly MigrationRecord[],
): readonly Migration[] {
  const known = new Set(migrations.map(({ id }) => id));
  const unknown = records.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (unknown.length > 0) {
    throw new NewerSchemaError(
      `The data was written by a newer version of honeyhive: it has the schema steps ${unknown.join(', ')}, which this version does not know. Start that version, or use another data folder.`,
    );
  }
  const finished = new Set(records.filter(({ isFinished }) => isFinished).map(({ id }) => id));
  return migrations.filter(({ id }) => !finished.has(id));
}

/** A step that begins now. */
export interface MigrationStep {
  readonly id: string;
  /** Counted from 1. */
  readonly number: number;
  /** Steps that there are to do. */
  readonly count: number;
}

export interface MigrateOptions {
  /** Statements that make, in an empty store, what all steps together make. @default the steps */
  readonly currentSchema?: readonly string[];
  /** Called with each step before it begins; never for a new store with `currentSchema`. */
  readonly onStep?: ((step: MigrationStep) => void) | undefined;
}

/**
 * Migrates a store to the newest schema. Safe to run again after an interruption at any point.
 *
 * @throws {NewerSchemaError} before anything is changed
 */
export async function migrate(
  migrations: readonly Migration[],
  ledger: MigrationLedger,
  { currentSchema, onStep = () => undefined }: MigrateOptions = {},
): Promise<void> {
  const records = await ledger.read();
  if (records.length === 0 && currentSchema !== undefined) {
    for (const statement of currentSchema) await ledger.run(statement);
    await ledger.finish(migrations.map(({ id }) => id));
    return;
  }
  const planned = planMigrations(migrations, records);
  for (const [index, { id, statements }] of planned.entries()) {
    onStep({ id, number: index + 1, count: planned.length });
    await ledger.start(id);
    for (const statement of statements) await ledger.run(statement);
    await ledger.finish([id]);
  }
}
