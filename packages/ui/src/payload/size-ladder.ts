/** How a payload is treated because of its size, in bytes. */
export type SizeStep =
  /** Read and shown at once. */
  | 'whole'
  /** Read beside the page, with progress. */
  | 'worker'
  /** Its beginning is shown; the whole of it on demand, and as a download. */
  | 'head';

const mebibyte = 1024 * 1024;

/** The slowest JSON of this size, nothing but brackets, takes the page 25 ms. */
export const wholeBytes = 256 * 1024;
/** Larger parts of an event are loaded separately: 50 events are cached in memory. */
export const inlineBytes = 256 * 1024;
export const workerBytes = 10 * mebibyte;
/** How much of a payload is shown whose whole is too much. */
export const headBytes = 256 * 1024;

export function decideSizeStep(bytes: number): SizeStep {
  if (bytes <= wholeBytes) return 'whole';
  return bytes <= workerBytes ? 'worker' : 'head';
}
