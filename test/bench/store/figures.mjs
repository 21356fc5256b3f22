/** The value below which that share of the numbers lies. */
export function at(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const ms = (value) =>
  value === null || value === undefined ? '–' : value < 10 ? value.toFixed(1) : value.toFixed(0);

export const MiB = (bytes) => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;

/** Rows of texts as a table; the first column to the left, the others to the right. */
export function toTable(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map((row) => String(row[column]).length)),
  );
  return rows
    .map((row) =>
      row
        .map((text, column) =>
          column === 0 ? String(text).padEnd(widths[0]) : String(text).padStart(widths[column]),
        )
        .join('  '),
    )
    .join('\n');
}
