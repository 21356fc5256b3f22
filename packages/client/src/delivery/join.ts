import { noPlace } from './slab.ts';
import type { Place } from './slab.ts';

/** How the JSON of several events is put together. */
export interface Frame {
  /** Free bytes in front of the first. */
  readonly before: number;
  /** The byte after each. */
  readonly separator: number;
  /** Free bytes after the last separator. */
  readonly after: number;
}

/** A copy of the JSON of several events, in order. */
export function join(
  places: readonly Place[],
  { before, separator, after }: Frame,
): Uint8Array<ArrayBuffer> {
  const size = places.reduce((sum, { bytes }) => sum + bytes + 1, before + after);
  const joined = new Uint8Array(size);
  let { chunk, start } = noPlace();
  let end = start;
  let at = before;
  const copyRun = () => {
    joined.set(chunk.bytes.subarray(start, end), at);
    at += end - start;
  };
  for (const place of places) {
    // What lies side by side is copied at once.
    if (place.chunk !== chunk || place.start !== end) {
      copyRun();
      ({ chunk, start } = place);
      end = start;
    }
    end += place.bytes + 1;
  }
  copyRun();
  at = before;
  for (const { bytes } of places) {
    at += bytes + 1;
    joined[at - 1] = separator;
  }
  return joined;
}
