import type { Entry } from './entry.ts';
import type { BatchSize } from './session-lanes.ts';

/** The body of a request with these events, out of their JSON as it is. */
export function toBody(batch: readonly Pick<Entry, 'head' | 'text'>[]): string {
  const parts: string[] = [];
  for (const { head, text } of batch) {
    parts.push(parts.length === 0 ? '{"events":[' : ',', head, head === '' ? text : text.slice(1));
  }
  parts.push(']}');
  return parts.join('');
}

/** Bodies that hold all of the entries, in order. */
export function toBodies(entries: readonly Entry[], size: BatchSize): string[] {
  const bodies: string[] = [];
  let batch: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const isFull = batch.length >= size.maxEvents || bytes + entry.bytes > size.maxBytes;
    if (batch.length > 0 && isFull) {
      bodies.push(toBody(batch));
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.bytes;
  }
  return batch.length === 0 ? bodies : [...bodies, toBody(batch)];
}
