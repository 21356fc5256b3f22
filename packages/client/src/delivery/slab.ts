/** A piece of memory that holds the JSON of several events, one after the other. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the next event begins. */
  end: number;
  /** Events in it that are still needed. */
  live: number;
}

/**
 * Where the JSON of one event lies, as UTF-8. A byte that belongs to it follows, for what stands between two events.
 */
export interface Place {
  chunk: Chunk;
  readonly start: number;
  readonly bytes: number;
}

const chunkBytes = 256 * 1024;
/** Longer strings get separate memory; shorter ones fit into a chunk at three bytes a character. */
const longestShared = 64 * 1024;
/** Kept for the next events, so that a steady load makes no garbage. */
const maxSpare = 16;
const comma = 0x2c;

const encoder = /* @__PURE__ */ new TextEncoder();
const makeChunk = (bytes: Uint8Array<ArrayBuffer>, end = 0): Chunk => ({ bytes, end, live: 0 });
/** The chunk of what is no longer needed, and of what never was. */
const nowhere: Chunk = /* @__PURE__ */ makeChunk(/* @__PURE__ */ new Uint8Array());

export const noPlace = (): Place => ({ chunk: nowhere, start: 0, bytes: 0 });

/**
 * Memory for the JSON of the events that wait.
 *
 * As texts they would be most of what the garbage collector moves about; in here it never sees them.
 */
export class Slab {
  #current = makeChunk(new Uint8Array(chunkBytes));
  readonly #spare: Chunk[] = [];

  /** @param head where there is one, it stands in the place of the first brace of the text; ends with a comma */
  write(head: string, text: string): Place {
    if (head.length + text.length > longestShared) return writeAlone(head, text);
    return writeTo(this.#current, head, text) ?? this.#writeToNext(head, text);
  }

  /** Lets go of the memory. What was written last is as if it had never been. */
  release(place: Place): void {
    const { chunk, start, bytes } = place;
    if (chunk === nowhere) return;
    place.chunk = nowhere;
    chunk.live -= 1;
    if (chunk.live === 0) this.#reuse(chunk);
    else if (chunk.end === start + bytes + 1) chunk.end = start;
  }

  #writeToNext(head: string, text: string): Place {
    this.#current = this.#spare.pop() ?? makeChunk(new Uint8Array(chunkBytes));
    return writeTo(this.#current, head, text) ?? writeAlone(head, text);
  }

  #reuse(chunk: Chunk): void {
    chunk.end = 0;
    const isSpare = chunk !== this.#current && chunk.bytes.length === chunkBytes;
    if (isSpare && this.#spare.length < maxSpare) this.#spare.push(chunk);
  }
}

function writeTo(chunk: Chunk, head: string, text: string): Place | null {
  const start = chunk.end;
  const at = head === '' ? start : encode(head, chunk, start) - 1;
  const end = at < start ? at : encode(text, chunk, at);
  if (end < start || end === chunk.bytes.length) return null;
  if (at > start) chunk.bytes[at] = comma;
  chunk.end = end + 1;
  chunk.live += 1;
  return { chunk, start, bytes: end - start };
}

/** Where the text ends; -1 when it does not fit. */
function encode(text: string, { bytes }: Chunk, at: number): number {
  const { read, written } = encoder.encodeInto(text, bytes.subarray(at));
  return read === text.length ? at + written : -1;
}

function writeAlone(head: string, text: string): Place {
  const bytes = encoder.encode(head === '' ? text : head + text.slice(1));
  return { chunk: { bytes, end: bytes.length, live: 1 }, start: 0, bytes: bytes.length };
}
