/** What a page should hold, about: enough that the fixed cost of a query does not count, little enough for memory. */
const targetBytes = 8 * 1024 * 1024;
const maxRows = 4_096;
const maxGrowth = 2;

/** Rows of the first page. */
export const firstPageRows = 256;

/** Characters of an event that can be many; the rest is below a kilobyte. */
export function sizeOf(event: {
  readonly inputs: string;
  readonly outputs: string;
  readonly metadata: string;
  readonly config: string;
  readonly metrics: string;
  readonly feedback: string;
  readonly user_properties: string;
}): number {
  const { inputs, outputs, metadata, config, metrics, feedback } = event;
  const texts = [inputs, outputs, metadata, config, metrics, feedback, event.user_properties];
  return texts.reduce((sum, text) => sum + text.length, 512);
}

/** Rows of the next page, after one of that many rows and bytes. */
export function nextPageRows(rows: number, bytes: number): number {
  const fitting = Math.floor((targetBytes * rows) / Math.max(1, bytes));
  return Math.max(1, Math.min(maxRows, rows * maxGrowth, fitting));
}
