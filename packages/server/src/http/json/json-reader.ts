import { BadItem } from '../../domain/bad-item.ts';
import { Problem, invalid } from '../../domain/problem.ts';
import { JsonBuilder } from './json-builder.ts';
import { endOfBlank, endOfScalar, endOfText } from './json-bytes.ts';
import type { JsonFrame } from './json-frame.ts';
import { judgeNumber, notJson } from './json-piece.ts';

/** What a body of JSON may hold. */
export interface JsonBounds {
  /** Levels of objects and lists. */
  readonly depth: number;
  /** Message of the depth limit. */
  readonly depthMessage: string;
  /** Values in all. */
  readonly values: number;
  /** Values of one item, and of everything that is not in an item. */
  readonly itemValues: number;
  /** Bytes of one item. */
  readonly itemBytes: number;
  /** Keys of one object. */
  readonly keys: number;
  /** Whether numbers beyond the range of a double are refused. */
  readonly isFinite: boolean;
  /** Lists whose items are validated one by one: under these keys, at this level. Null: no such lists. */
  readonly items: {
    readonly keys: readonly string[];
    readonly depth: number;
    readonly max: number;
    /** What they are. */
    readonly noun: string;
  } | null;
}

/** How much is parsed or looked through in one turn of the event loop: 5 to 15 ms of CPU. */
export interface TurnSize {
  readonly bytes: number;
  readonly values: number;
}
export const usualTurn: TurnSize = { bytes: 256 * 1024, values: 16_384 };

/** Indented JSON stays far below. */
const maxBlankBytes = 65_536;
const maxKeyBytes = 4 * 1024 * 1024;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * Reads JSON in turns of the event loop: looks through the bytes, counts what is in them, and has `JSON.parse` make the
 * values, piece by piece. What is beyond a limit is found before it is parsed. Bytes have to be UTF-8.
 */
export class JsonReader {
  readonly #bytes: Buffer;
  readonly #bounds: JsonBounds;
  readonly #turn: TurnSize;
  readonly #builder: JsonBuilder;
  /** The list whose item is being read. */
  #items: JsonFrame | null = null;
  #at = 0;
  #values = 0;
  /** Where the item begins, and how many values came before it. */
  #itemStart = -1;
  #itemValues = 0;
  #outsideValues = 0;
  /** What is wrong with the item, and how many brackets of it are open. */
  #bad: BadItem | null = null;
  #badDepth = 0;
  /** Where what has not been parsed begins. */
  #unparsedAt = 0;
  #unparsedValues = 0;
  #turnEnd = 0;
  /** Beginning of a text whose end has not been found yet; -1: not in one. */
  #textAt = -1;
  #longTextAt = 0;
  #isLongText = false;

  constructor(bytes: Buffer, bounds: JsonBounds, turn: TurnSize = usualTurn) {
    this.#bytes = bytes;
    this.#bounds = bounds;
    this.#turn = turn;
    this.#builder = new JsonBuilder(bytes);
  }

  /** Values counted so far. */
  get valueCount(): number {
    return this.#values;
  }

  /**
   * The value; yields where a turn should end.
   *
   * @throws {Problem} `invalid_json`, or a limit that names the field
   */
  *read(): Generator<void, unknown> {
    while (this.#at < this.#bytes.length) {
      this.#turnEnd = Math.min(this.#bytes.length, this.#at + 4 * this.#turn.bytes);
      while (this.#at < this.#turnEnd) this.#step();
      if (this.#isLongText) yield* this.#readLongText();
      if (this.#at < this.#bytes.length) yield;
    }
    if (this.#textAt !== -1) throw notJson(this.#bytes.length);
    return this.#builder.finish();
  }

  #step(): void {
    if (this.#textAt !== -1) {
      this.#continueText();
      return;
    }
    const byte = this.#bytes[this.#at] ?? 0;
    if (byte <= 0x20) this.#passBlank();
    else if (this.#bad !== null && this.#skip(byte)) this.#at += 1;
    else this.#pass(byte);
  }

  #pass(byte: number): void {
    if (byte === quote) this.#beginText();
    else if (byte === comma) this.#passComma();
    else if (byte === colon) this.#passColon();
    else if (byte === openObject || byte === openList) this.#open(byte === openList);
    else if (byte === closeObject || byte === closeList) this.#close(byte === closeList);
    else this.#passScalar();
  }

  #passBlank(): void {
    const start = this.#at;
    this.#at = endOfBlank(this.#bytes, start, start + maxBlankBytes + 1);
    if (this.#at - start <= maxBlankBytes) return;
    const message = `more than ${maxBlankBytes} bytes of white space at byte ${start}`;
    throw invalid([{ field: 'body', message }]);
  }

  /** Looks past what is in a bad item. @returns whether the byte was part of it */
  #skip(byte: number): boolean {
    if (byte === openObject || byte === openList) this.#badDepth += 1;
    else if (byte === closeObject || byte === closeList) {
      if (this.#badDepth === 0) return false;
      this.#badDepth -= 1;
    }
    return byte !== quote && (byte !== comma || this.#badDepth > 0);
  }

  #beginText(): void {
    const { isKeyNext } = this.#builder.top;
    if (this.#bad === null) {
      if (isKeyNext) this.#countKey();
      else this.#countValue();
    }
    this.#textAt = this.#at;
    this.#at += 1;
    this.#continueText();
  }

  #continueText(): void {
    const found = endOfText(this.#bytes, this.#at, this.#turnEnd);
    this.#at = Math.abs(found);
    if (found < 0) return;
    const start = this.#textAt;
    this.#textAt = -1;
    if (this.#bad === null) this.#endText(start);
  }

  #endText(start: number): void {
    if (this.#isItemTooLong()) return;
    const frame = this.#builder.top;
    if (frame.isKeyNext) {
      frame.keyStart = start;
      frame.keyEnd = this.#at;
      if (this.#at - start > maxKeyBytes)
        this.#refuse(`a key of more than ${maxKeyBytes} bytes`, 'too_large');
    } else if (this.#at - start > 4 * this.#turn.bytes) {
      this.#builder.cutBefore(start);
      this.#longTextAt = start;
      this.#isLongText = true;
      this.#turnEnd = this.#at;
    }
  }

  *#readLongText(): Generator<void, void> {
    this.#isLongText = false;
    const start = this.#longTextAt;
    this.#builder.put(yield* this.#builder.readText(start, this.#at, this.#turn.bytes), this.#at);
    this.#beginRun();
  }

  #passScalar(): void {
    const start = this.#at;
    this.#countValue();
    this.#at = endOfScalar(this.#bytes, start);
    if (!this.#bounds.isFinite || this.#bad !== null) return;
    const message = judgeNumber(this.#bytes, start, this.#at);
    if (message !== null) this.#refuse(message, 'invalid_request');
  }

  #passColon(): void {
    this.#builder.top.isKeyNext = false;
    this.#at += 1;
  }

  #passComma(): void {
    this.#endItem();
    this.#builder.comma(this.#at);
    if (this.#isTurnOver()) {
      this.#builder.cutAtComma();
      this.#endTurn();
    }
    this.#at += 1;
  }

  #open(isList: boolean): void {
    this.#countValue();
    const start = this.#at;
    this.#at += 1;
    if (this.#bad !== null) {
      this.#badDepth += 1;
      return;
    }
    if (this.#builder.depth >= this.#bounds.depth) {
      this.#refuse(this.#bounds.depthMessage, 'invalid_request');
      if (this.#bad !== null) this.#badDepth += 1;
      return;
    }
    if (this.#isTurnOver()) {
      this.#builder.cutBefore(start);
      this.#endTurn();
    }
    const isItems = this.#isItems(isList);
    this.#builder.open(isList, start);
    if (isItems) this.#items = this.#builder.top;
  }

  #isItems(isList: boolean): boolean {
    const { items } = this.#bounds;
    const { top, depth } = this.#builder;
    if (!isList || items === null || this.#items !== null || top.isList) return false;
    if (depth !== items.depth - 1) return false;
    return items.keys.includes(this.#bytes.toString('latin1', top.keyStart + 1, top.keyEnd - 1));
  }

  #close(isList: boolean): void {
    this.#endItem();
    if (this.#builder.top === this.#items) this.#items = null;
    this.#builder.close(isList, this.#at);
    this.#at += 1;
  }

  #isTurnOver(): boolean {
    const { bytes, values } = this.#turn;
    return this.#at - this.#unparsedAt > bytes || this.#values - this.#unparsedValues > values;
  }

  #beginRun(): void {
    this.#unparsedAt = this.#at;
    this.#unparsedValues = this.#values;
  }

  #endTurn(): void {
    this.#beginRun();
    this.#turnEnd = this.#at;
  }

  #countKey(): void {
    const { keys } = this.#bounds;
    if (this.#builder.top.count < keys) return;
    this.#refuse(`more than ${keys} keys in one object`, 'too_large');
  }

  #countValue(): void {
    const { values, itemValues, items } = this.#bounds;
    this.#values += 1;
    if (this.#values > values) throw tooMany('body', values);
    const list = this.#items;
    if (list === null) {
      this.#outsideValues += 1;
      if (this.#outsideValues > itemValues) throw tooMany('body', itemValues);
      return;
    }
    if (this.#bad !== null) return;
    if (this.#itemStart === -1) {
      this.#itemStart = this.#at;
      this.#itemValues = this.#values;
      if (items !== null && list.count >= items.max)
        throw tooManyItems(this.#builder.field(), items);
    } else if (this.#values - this.#itemValues >= itemValues)
      this.#refuse(`more than ${itemValues} values in one item`, 'too_large');
    else this.#isItemTooLong();
  }

  /** Whether the item has more bytes than it may by now: then it is refused. */
  #isItemTooLong(): boolean {
    const { itemBytes } = this.#bounds;
    if (this.#itemStart === -1 || this.#at - this.#itemStart <= itemBytes) return false;
    this.#refuse(`more than ${itemBytes} bytes in one item`, 'too_large');
    return true;
  }

  /** Rejects the item, or the whole body outside of items. */
  #refuse(message: string, code: 'invalid_request' | 'too_large'): void {
    const list = this.#items;
    const field = this.#builder.field();
    if (list === null || this.#itemStart === -1) {
      if (code === 'invalid_request') throw invalid([{ field, message }]);
      throw new Problem(code, `${field}: ${message}.`, { issues: [{ field, message }] });
    }
    this.#bad = new BadItem({ field, message });
    this.#badDepth = this.#builder.dropInside(list);
  }

  #endItem(): void {
    if (this.#builder.top !== this.#items) return;
    const bad = this.#bad;
    if (bad !== null) {
      this.#bad = null;
      this.#builder.cutBefore(this.#itemStart);
      this.#builder.put(bad, this.#at);
      this.#beginRun();
    }
    this.#itemStart = -1;
  }
}

function tooMany(field: string, most: number): Problem {
  const message = `at most ${most} values in one request`;
  return new Problem('too_large', `${field}: ${message}. Send it in several.`, {
    issues: [{ field, message }],
  });
}

function tooManyItems(
  field: string,
  { max, noun }: { readonly max: number; readonly noun: string },
): Problem {
  const list = field.replace(/\[\d+\]$/, '');
  const message = `at most ${max} ${noun} in one request. Send them in several.`;
  return new Problem('too_large', `${list}: ${message}`, { issues: [{ field: list, message }] });
}
