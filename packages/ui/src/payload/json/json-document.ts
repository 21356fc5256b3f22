import { decodeJsonString } from './json-string.ts';

/** What a value is. A number, so that a column of them is a `Uint8Array`. */
export const JsonKind = {
  object: 0,
  array: 1,
  string: 2,
  number: 3,
  boolean: 4,
  null: 5,
} as const;
export type JsonKind = (typeof JsonKind)[keyof typeof JsonKind];

/**
 * The values of a JSON text, in document order, one column per property. A value is its index. Columns travel between
 * threads without a copy, and 100,000 of them make no object for the collector to visit.
 */
export interface JsonColumns {
  /** {@link JsonKind} of each value. */
  kinds: Uint8Array;
  /** Offset of the first character of the value; of a string, that after its quote. */
  starts: Int32Array;
  /** Offset behind the last character; of a string, that of its closing quote. */
  ends: Int32Array;
  /** The same of its key; -1 for an item of an array and for the root. */
  keyStarts: Int32Array;
  keyEnds: Int32Array;
  /** The value that holds it; -1 for the root. */
  parents: Int32Array;
  /** The value behind it and all that it holds. */
  nexts: Int32Array;
  /** 0 for the root. */
  depths: Int32Array;
  /** Its place among what its parent holds, from 0. */
  positions: Int32Array;
  /** How many values it holds itself. */
  counts: Int32Array;
}

/** A JSON text and where its values stand in it. Nothing of it is copied before it is shown. */
export class JsonDocument {
  readonly text: string;
  readonly columns: JsonColumns;
  /** How many values there are; at least one. */
  readonly size: number;

  constructor(text: string, columns: JsonColumns) {
    this.text = text;
    this.columns = columns;
    this.size = columns.kinds.length;
  }

  kindOf(index: number): JsonKind {
    return (this.columns.kinds[index] ?? JsonKind.null) as JsonKind;
  }

  isContainer(index: number): boolean {
    return this.kindOf(index) <= JsonKind.array;
  }

  /** How many values it holds itself; 0 for what is no container. */
  countOf(index: number): number {
    return this.columns.counts[index] ?? 0;
  }

  parentOf(index: number): number {
    return this.columns.parents[index] ?? -1;
  }

  depthOf(index: number): number {
    return this.columns.depths[index] ?? 0;
  }

  positionOf(index: number): number {
    return this.columns.positions[index] ?? 0;
  }

  /** The value behind this one and all that it holds; {@link size} behind the last. */
  nextOf(index: number): number {
    return this.columns.nexts[index] ?? this.size;
  }

  /**
   * The characters between its quotes if it is a string, all of its characters otherwise: as they stand in the text.
   */
  rawOf(index: number): string {
    return this.text.slice(this.columns.starts[index], this.columns.ends[index]);
  }

  /** How many characters {@link rawOf} has. */
  rawLengthOf(index: number): number {
    return (this.columns.ends[index] ?? 0) - (this.columns.starts[index] ?? 0);
  }

  /** The value as JSON, as it stands in the text. */
  sourceOf(index: number): string {
    const quote = this.kindOf(index) === JsonKind.string ? 1 : 0;
    const start = (this.columns.starts[index] ?? 0) - quote;
    return this.text.slice(start, (this.columns.ends[index] ?? 0) + quote);
  }

  /** What a string says, or the characters of another scalar. At most `limit` characters of the source are read. */
  stringOf(index: number, limit?: number): string {
    const raw = limit === undefined ? this.rawOf(index) : this.rawOf(index).slice(0, limit);
    return this.kindOf(index) === JsonKind.string ? decodeJsonString(raw) : raw;
  }

  /** The key under which its parent holds it; null for an item of an array and for the root. */
  keyOf(index: number): string | null {
    const start = this.columns.keyStarts[index] ?? -1;
    return start < 0 ? null : decodeJsonString(this.text.slice(start, this.columns.keyEnds[index]));
  }

  /** Whether it stands under this key. Makes no string as long as the key has no escapes. */
  hasKey(index: number, key: string): boolean {
    const start = this.columns.keyStarts[index] ?? -1;
    const end = this.columns.keyEnds[index] ?? -1;
    if (start < 0) return false;
    if (end - start === key.length && this.text.startsWith(key, start)) return !key.includes('\\');
    return end - start > key.length && this.keyOf(index) === key;
  }
}
