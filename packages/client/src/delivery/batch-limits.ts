import type { BatchSize } from './session-lanes.ts';

/** What a service has refused as too large. */
export interface RefusedBatch {
  readonly events: number;
  readonly bytes: number;
}

/**
 * The size of the batches to come, after a service refused one as too large.
 *
 * It never grows again: the limit belongs to the service, and each attempt to find it out costs a request.
 */
export const shrinkBatches = (size: BatchSize, refused: RefusedBatch): BatchSize =>
  refused.events < 2
    ? size
    : {
        maxEvents: Math.max(1, Math.min(size.maxEvents, Math.ceil(refused.events / 2))),
        maxBytes: Math.max(1, Math.min(size.maxBytes, Math.ceil(refused.bytes / 2))),
      };

/** A batch in two halves of about the same number of bytes, neither of them empty, in order. */
export function splitBatch<Item extends { readonly bytes: number }>(
  batch: readonly Item[],
): [Item[], Item[]] {
  const total = batch.reduce((sum, { bytes }) => sum + bytes, 0);
  let first = 0;
  let bytes = 0;
  while (first < batch.length - 1 && bytes < total / 2) {
    bytes += batch[first]?.bytes ?? 0;
    first += 1;
  }
  return [batch.slice(0, first), batch.slice(first)];
}
