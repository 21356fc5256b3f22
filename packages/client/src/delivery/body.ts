import type { Entry } from './entry.ts';
import { join } from './join.ts';
import type { BatchSize } from './session-lanes.ts';
import type { Place } from './slab.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const opening = /* @__PURE__ */ encode('{"events":[');
const closing = /* @__PURE__ */ encode(']}');
const comma = 0x2c;

/** The body of a request with these events, of which there is at least one, out of their JSON as it is. */
export function toBody(batch: readonly Place[]): Uint8Array<ArrayBuffer> {
  // The end takes the place of the last comma.
  const after = closing.length - 1;
  const body = join(batch, { before: opening.length, separator: comma, after });
  body.set(opening);
  body.set(closing, body.length - closing.length);
  return body;
}

/** The body of a request, and how many events are in it. */
export interface BatchBody {
  readonly bytes: Uint8Array;
  readonly events: number;
}

/** Bodies that hold all of the entries, in order. */
export function toBodies(entries: readonly Entry[], size: BatchSize): BatchBody[] {
  const bodies: BatchBody[] = [];
  let batch: Entry[] = [];
  let bytes = 0;
  const end = () => {
    if (batch.length > 0) bodies.push({ bytes: toBody(batch), events: batch.length });
    batch = [];
    bytes = 0;
  };
  for (const entry of entries) {
    const isFull = batch.length >= size.maxEvents || bytes + entry.bytes > size.maxBytes;
    if (isFull) end();
    batch.push(entry);
    bytes += entry.bytes;
  }
  end();
  return bodies;
}
