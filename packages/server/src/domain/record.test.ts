import { describe, expect, test } from 'vitest';
import { Fields } from './fields.ts';
import { added, choice, describeRecord, integer, nullable, object, plain, text } from './record.ts';

const codec = describeRecord({
  id: plain,
  name: text,
  kind: choice(['a', 'b']),
  made_at: integer,
  details: object,
  used_by_key: added(nullable(text)),
});

const record = {
  id: 'x',
  name: 'odd \u0000 name',
  kind: 'a',
  madeAt: 5,
  details: { n: 1 },
  usedByKey: null,
} as const;

describe('a record', () => {
  test('comes back from its row, whose texts every database keeps', () => {
    const row = codec.toRow(record);

    expect(row).toEqual({
      id: 'x',
      name: String.raw`odd \u0000 name`,
      kind: 'a',
      made_at: 5,
      details: '{"n":1}',
      used_by_key: null,
    });
    expect(codec.fromRow(row)).toEqual(record);
  });

  test('comes back from its line, which has the values themselves', () => {
    const line = codec.toLine(record);

    expect(line).toMatchObject({ made_at: 5, details: { n: 1 }, used_by_key: null });
    expect(codec.fromLine(new Fields(line))).toEqual(record);
  });

  test('has null for a field that earlier versions did not export', () => {
    const { used_by_key: _, ...older } = codec.toLine({ ...record, usedByKey: 'k' });

    expect(codec.fromLine(new Fields(older)).usedByKey).toBeNull();
  });

  test('becomes the columns of the fields that change', () => {
    expect(codec.toColumns({ madeAt: 6 })).toEqual({ made_at: 6 });
  });

  test('is refused when a column or a field has none of the values it may have', () => {
    const line = { ...codec.toLine(record), kind: 'c' };

    expect(() => codec.fromRow({ ...codec.toRow(record), kind: 'c' })).toThrow(
      'expected a, b, found c',
    );
    expect(() => codec.fromLine(new Fields(line))).toThrow('`kind` is not one of a, b');
  });
});
