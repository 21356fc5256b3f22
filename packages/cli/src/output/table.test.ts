import { expect, test } from 'vitest';
import { formatTable } from './table.ts';
import type { Column } from './table.ts';

interface Row {
  readonly name: string;
  readonly count: number;
  readonly note: string;
}

const columns: readonly Column<Row>[] = [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'COUNT', align: 'right', cell: ({ count }) => String(count) },
  { title: 'NOTE', cell: ({ note }) => note },
];

test('cells stand under their titles, numbers to the right, without trailing spaces', () => {
  const rows = [
    { name: 'a', count: 5, note: '' },
    { name: 'long name', count: 12345, note: 'x' },
  ];

  expect(formatTable(rows, columns).split('\n')).toEqual([
    'NAME       COUNT  NOTE',
    'a              5',
    'long name  12345  x',
    '',
  ]);
});

test('without rows the titles are left', () => {
  expect(formatTable([], columns)).toBe('NAME  COUNT  NOTE\n');
});
