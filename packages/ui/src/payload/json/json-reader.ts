import { JsonDocument, JsonKind, type JsonColumns } from './json-document.ts';

/** Why a text is no JSON. */
export class JsonProblem extends Error {
  /** Where, in characters from the start. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'JsonProblem';
    this.offset = offset;
  }
}

type IntColumn = Exclude<keyof JsonColumns, 'kinds'>;
const intColumns: readonly IntColumn[] = [
  'starts',
  'ends',
  'keyStarts',
  'keyEnds',
  'parents',
  'nexts',
  'depths',
  'positions',
  'counts',
];

function grow(columns: JsonColumns | null, size: number): JsonColumns {
  const grown: Partial<JsonColumns> = {};
  for (const name of intColumns) {
    const column = new Int32Array(size);
    if (columns) column.set(columns[name]);
    grown[name] = column;
  }
  const kinds = new Uint8Array(size);
  if (columns) kinds.set(columns.kinds);
  return { ...(grown as Record<IntColumn, Int32Array>), kinds };
}

/** The same columns, as long as they are filled. Nothing is copied. */
function trim(columns: JsonColumns, size: number): JsonColumns {
  const trimmed: Partial<JsonColumns> = {};
  for (const name of intColumns) trimmed[name] = columns[name].subarray(0, size);
  return {
    ...(trimmed as Record<IntColumn, Int32Array>),
    kinds: columns.kinds.subarray(0, size),
  };
}

/** Characters for each value, as in JSON of many numbers; texts have more, and then room is left over. */
const charactersPerValue = 12;

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literals = new Map<number, [word: string, kind: JsonKind]>([
  [0x74, ['true', JsonKind.boolean]],
  [0x66, ['false', JsonKind.boolean]],
  [0x6e, ['null', JsonKind.null]],
]);

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closeBrace = 0x7d;
const closeBracket = 0x5d;

/**
 * Parses JSON into columns. Not recursive, so depth is unlimited, and resumable, so that a long text does not block its
 * thread.
 */
export class JsonReader {
  readonly #text: string;
  #at = 0;
  #columns: JsonColumns;
  #size = 0;
  /** The container whose values are being read; -1 outside of the root. */
  #container = -1;
  #depth = 0;
  #keyStart = -1;
  #keyEnd = -1;
  /** The next backslash at or behind the place; searched again only once that has been passed. */
  #backslash = -1;

  constructor(text: string) {
    this.#text = text;
    this.#columns = grow(null, Math.max(16, Math.ceil(text.length / charactersPerValue)));
  }

  /** How far it has come, in characters. */
  get offset(): number {
    return this.#at;
  }

  /**
   * Reads on, to the end or about as many characters.
   * @returns whether the end was reached
   * @throws {JsonProblem} where the text stops being JSON
   */
  advance(characters = Infinity): boolean {
    const pause = this.#at + characters;
    do {
      this.#readValue();
      if (this.#leave()) return true;
    } while (this.#at < pause);
    return false;
  }

  /** What was read. Call it once the end was reached. */
  finish(): JsonDocument {
    return new JsonDocument(this.#text, trim(this.#columns, this.#size));
  }

  /** Reads one scalar or enters one container. */
  #readValue(): void {
    if (this.#container >= 0 && this.#columns.kinds[this.#container] === JsonKind.object) {
      this.#readKey();
    }
    const code = this.#skipSpace();
    if (code === quote) this.#readString();
    else if (code === openBrace) this.#enter(JsonKind.object);
    else if (code === openBracket) this.#enter(JsonKind.array);
    else this.#readPlain(code);
  }

  #readKey(): void {
    if (this.#skipSpace() !== quote) this.#fail('a key in quotes');
    this.#keyStart = this.#at + 1;
    this.#keyEnd = this.#endOfString(this.#keyStart);
    this.#at = this.#keyEnd + 1;
    if (this.#skipSpace() !== colon) this.#fail('":"');
    this.#at += 1;
  }

  #readString(): void {
    const start = this.#at + 1;
    const end = this.#endOfString(start);
    this.#at = end + 1;
    this.#add(JsonKind.string, start, end);
  }

  #readPlain(code: number): void {
    const start = this.#at;
    const literal = literals.get(code);
    if (literal !== undefined && this.#text.startsWith(literal[0], start)) {
      this.#at += literal[0].length;
      this.#add(literal[1], start, this.#at);
      return;
    }
    numberPattern.lastIndex = start;
    if (!numberPattern.test(this.#text)) this.#fail('a value');
    this.#at = numberPattern.lastIndex;
    this.#add(JsonKind.number, start, this.#at);
  }

  #endOfString(start: number): number {
    let end = this.#text.indexOf('"', start);
    if (this.#backslash < start) this.#seekBackslash(start);
    while (end >= 0 && this.#backslash < end) {
      const escaped = this.#backslash + 1;
      if (escaped === end) end = this.#text.indexOf('"', end + 1);
      this.#seekBackslash(escaped + 1);
    }
    if (end < 0) this.#fail('the end of a string, and the text ends');
    return end;
  }

  #seekBackslash(from: number): void {
    const found = this.#text.indexOf('\\', from);
    this.#backslash = found < 0 ? Infinity : found;
  }

  #enter(kind: JsonKind): void {
    const index = this.#add(kind, this.#at, this.#at);
    this.#at += 1;
    this.#container = index;
    this.#depth += 1;
  }

  /** Passes what follows a value: a comma, or the ends of containers. Whether the root has ended. */
  #leave(): boolean {
    for (;;) {
      const container = this.#container;
      const code = this.#skipSpace();
      if (container < 0) {
        if (this.#at < this.#text.length) this.#fail('nothing behind the value');
        return true;
      }
      const isObject = this.#columns.kinds[container] === JsonKind.object;
      if (code === (isObject ? closeBrace : closeBracket)) this.#close(container);
      else if (this.#columns.counts[container] === 0) return false;
      else if (code === comma) {
        this.#at += 1;
        return false;
      } else this.#fail(`"," or "${isObject ? '}' : ']'}"`);
    }
  }

  #close(container: number): void {
    this.#at += 1;
    this.#columns.ends[container] = this.#at;
    this.#columns.nexts[container] = this.#size;
    this.#container = this.#columns.parents[container] ?? -1;
    this.#depth -= 1;
  }

  #add(kind: JsonKind, start: number, end: number): number {
    const index = this.#size;
    if (index === this.#columns.kinds.length) this.#columns = grow(this.#columns, index * 2);
    const columns = this.#columns;
    const parent = this.#container;
    columns.kinds[index] = kind;
    columns.starts[index] = start;
    columns.ends[index] = end;
    columns.keyStarts[index] = this.#keyStart;
    columns.keyEnds[index] = this.#keyEnd;
    columns.parents[index] = parent;
    columns.nexts[index] = index + 1;
    columns.depths[index] = this.#depth;
    if (parent >= 0) {
      const position = columns.counts[parent] ?? 0;
      columns.positions[index] = position;
      columns.counts[parent] = position + 1;
    }
    this.#keyStart = -1;
    this.#keyEnd = -1;
    this.#size = index + 1;
    return index;
  }

  /** Goes to the next character that says something; its code, NaN at the end. */
  #skipSpace(): number {
    let code = this.#text.charCodeAt(this.#at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.#at += 1;
      code = this.#text.charCodeAt(this.#at);
    }
    return code;
  }

  #fail(expected: string): never {
    throw new JsonProblem(`expected ${expected} at character ${this.#at + 1}`, this.#at);
  }
}

/**
 * Reads JSON into columns, in one go.
 * @throws {JsonProblem} where the text stops being JSON
 */
export function readJson(text: string): JsonDocument {
  const reader = new JsonReader(text);
  reader.advance();
  return reader.finish();
}

/** The same, and null for what is no JSON. */
export function tryReadJson(text: string): JsonDocument | null {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonProblem) return null;
    throw error;
  }
}
