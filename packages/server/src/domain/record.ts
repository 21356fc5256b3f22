import type { Fields } from './fields.ts';
import type { JsonObject } from './json-text.ts';
import { fromStoredText, parseStoredObject, toStoredText } from './stored-text.ts';

/**
 * How one field of a record is kept: in a column of a table, and in a line of an export, which holds the value as JSON.
 */
export interface Kind<Value, Column> {
  fromColumn(column: Column): Value;
  toColumn(value: Value): Column;
  /** @throws {TypeError} naming the field that is wrong */
  fromLine(fields: Fields, name: string): Value;
}

const same = <Value>(value: Value): Value => value;

/** Text that every database keeps as it is, such as an id of ours. */
export const plain: Kind<string, string> = {
  fromColumn: same,
  toColumn: same,
  fromLine: (fields, name) => fields.text(name),
};

/** Any text. */
export const text: Kind<string, string> = {
  fromColumn: fromStoredText,
  toColumn: toStoredText,
  fromLine: (fields, name) => fields.text(name),
};

/** A whole number that is exact. Some databases return 64-bit integers as text. */
export const integer: Kind<number, number> = {
  fromColumn: Number,
  toColumn: same,
  fromLine: (fields, name) => fields.integer(name),
};

/** A number, fractions allowed. */
export const real: Kind<number, number> = {
  fromColumn: Number,
  toColumn: same,
  fromLine: (fields, name) => fields.number(name),
};

/** Whether something is so: 1 or 0 in a column. */
export const flag: Kind<boolean, number> = {
  fromColumn: (column) => Number(column) === 1,
  toColumn: Number,
  fromLine: (fields, name) => fields.boolean(name),
};

/** A JSON object, stored as text. */
export const object: Kind<JsonObject, string> = {
  fromColumn: parseStoredObject,
  toColumn: (value) => JSON.stringify(value),
  fromLine: (fields, name) => fields.object(name),
};

/** The exact text of a JSON object. */
export const objectText: Kind<string, string> = {
  ...plain,
  fromLine: (fields, name) => fields.objectText(name),
};

export function choice<const Choice extends string>(
  choices: readonly Choice[],
): Kind<Choice, string> {
  return {
    fromColumn(column) {
      const found = choices.find((one) => one === column);
      if (found === undefined) throw new Error(`expected ${choices.join(', ')}, found ${column}`);
      return found;
    },
    toColumn: same,
    fromLine: (fields, name) => fields.choice(name, choices),
  };
}

export const nullable = <Value, Column>({
  fromColumn,
  toColumn,
  fromLine,
}: Kind<Value, Column>): Kind<Value | null, Column | null> => ({
  fromColumn: (column) => (column === null ? null : fromColumn(column)),
  toColumn: (value) => (value === null ? null : toColumn(value)),
  fromLine: (fields, name) => (fields.isNull(name) ? null : fromLine(fields, name)),
});

/** A field that exports of earlier versions lack: it is null there. */
export const added = <Value, Column>(
  kind: Kind<Value | null, Column>,
): Kind<Value | null, Column> => ({
  ...kind,
  fromLine: (fields, name) => (fields.has(name) ? kind.fromLine(fields, name) : null),
});

/** The fields of a record by their names in columns, lines and answers: `created_at`. */
type FieldTable = Readonly<Record<string, Kind<unknown, unknown>>>;

type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

type ValueOf<Field> = Field extends Kind<infer Value, infer _> ? Value : never;
type ColumnOf<Field> = Field extends Kind<infer _, infer Column> ? Column : never;

type RecordIn<Table> = {
  readonly [Name in keyof Table as CamelCase<Name>]: ValueOf<Table[Name]>;
};
type RowIn<Table> = { [Name in keyof Table]: ColumnOf<Table[Name]> };
type LineIn<Table> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

/** Converts a record between its forms. In the code its names are in camel case: `createdAt`. */
export interface RecordCodec<Table> {
  fromRow(row: RowIn<Table>): RecordIn<Table>;
  toRow(record: RecordIn<Table>): RowIn<Table>;
  /** Columns of the fields that are given. */
  toColumns(change: Partial<RecordIn<Table>>): Partial<RowIn<Table>>;
  /** As it is exported and answered. */
  toLine(record: RecordIn<Table>): LineIn<Table>;
  /** @throws {TypeError} naming the field that is wrong */
  fromLine(fields: Fields): RecordIn<Table>;
}

export type RecordOf<Codec> = Codec extends RecordCodec<infer Table> ? RecordIn<Table> : never;
export type RowOf<Codec> = Codec extends RecordCodec<infer Table> ? RowIn<Table> : never;

const toCamelCase = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** Describes a record once: its fields, and how each is kept. */
export function describeRecord<Table extends FieldTable>(table: Table): RecordCodec<Table>;
export function describeRecord(table: FieldTable): RecordCodec<FieldTable> {
  const fields = Object.entries(table).map(([name, kind]) => ({
    name,
    property: toCamelCase(name),
    kind,
  }));
  const toColumns = (record: JsonObject): Record<string, unknown> => {
    const row: Record<string, unknown> = {};
    for (const { name, property, kind } of fields)
      if (record[property] !== undefined) row[name] = kind.toColumn(record[property]);
    return row;
  };
  return {
    fromRow(row) {
      const record: Record<string, unknown> = {};
      for (const { name, property, kind } of fields) record[property] = kind.fromColumn(row[name]);
      return record;
    },
    toRow: toColumns,
    toColumns,
    toLine(record) {
      const line: Record<string, unknown> = {};
      for (const { name, property } of fields) line[name] = record[property];
      return line;
    },
    fromLine(line) {
      const record: Record<string, unknown> = {};
      for (const { name, property, kind } of fields) record[property] = kind.fromLine(line, name);
      return record;
    },
  };
}
