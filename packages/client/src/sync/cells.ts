/**
 * Memory shared by the caller and its worker, to signal a blocked caller.
 *
 * - `wake` counts the messages for the caller; it sleeps on this cell.
 * - `beat` counts up as long as the worker's loop turns.
 * - `exited` is 1 once the worker is gone.
 * - `answer` counts the answers for the worker; it sleeps on this cell while the caller runs a function for it.
 */
export type Cells = Int32Array<SharedArrayBuffer>;

export const cell = { wake: 0, beat: 1, exited: 2, answer: 3 } as const;

export const createCells = (): Cells =>
  new Int32Array(new SharedArrayBuffer(Object.keys(cell).length * Int32Array.BYTES_PER_ELEMENT));

/** Wakes the thread that sleeps on the cell. */
export function ring(cells: Cells, index: number): void {
  Atomics.add(cells, index, 1);
  Atomics.notify(cells, index);
}

/** Marks the worker as gone, and wakes the caller. */
export function markExited(cells: Cells): void {
  Atomics.store(cells, cell.exited, 1);
  ring(cells, cell.wake);
}
