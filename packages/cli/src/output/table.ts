import { widthOf } from './text.ts';

/** One column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** Default `left`. */
  readonly align?: 'left' | 'right';
  readonly cell: (row: Row) => string;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** Lines with the cells of each column under one another, two spaces between columns; empty when all cells are. */
export function alignColumns(
  lines: readonly (readonly string[])[],
  aligns: readonly ('left' | 'right')[],
): string[] {
  const widths = aligns.map((_, index) =>
    lines.reduce((width, cells) => Math.max(width, widthOf(cells[index] ?? '')), 0),
  );
  return lines.map((cells) =>
    aligns
      .map((align, index) => ({ text: cells[index] ?? '', width: widths[index] ?? 0, align }))
      .filter(({ width }) => width > 0)
      .map(({ text, width, align }) => pad(text, width, align))
      .join('  ')
      .trimEnd(),
  );
}

/** A table with a line of titles, for people. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => column.cell(row))),
  ];
  const aligned = alignColumns(
    lines,
    columns.map((column) => column.align ?? 'left'),
  );
  return aligned.map((line) => `${line}\n`).join('');
}
