import type { JsonView } from 'honeyhive-facts/messages';
import { JsonKind, type JsonDocument } from './json-document.ts';
import { tryReadJson } from './json-reader.ts';
import { isJson, looksLikeJson } from './nested-json.ts';

/** One value of a document, to walk from. */
export class JsonNode implements JsonView {
  readonly document: JsonDocument;
  readonly index: number;

  constructor(document: JsonDocument, index = 0) {
    this.document = document;
    this.index = index;
  }

  get kind(): JsonKind {
    return this.document.kindOf(this.index);
  }

  get isObject(): boolean {
    return this.kind === JsonKind.object;
  }

  get isArray(): boolean {
    return this.kind === JsonKind.array;
  }

  get isNull(): boolean {
    return this.kind === JsonKind.null;
  }

  /** The key under which it stands; null for an item and for the root. */
  get key(): string | null {
    return this.document.keyOf(this.index);
  }

  /** How many values it holds itself. */
  get count(): number {
    return this.document.countOf(this.index);
  }

  /** 0 for the root. */
  get depth(): number {
    return this.document.depthOf(this.index);
  }

  /** The value as JSON, as it stands in the text. */
  get source(): string {
    return this.document.sourceOf(this.index);
  }

  /** What it says if it is a string; null otherwise. */
  get string(): string | null {
    return this.kind === JsonKind.string ? this.document.stringOf(this.index) : null;
  }

  get isTrue(): boolean {
    return this.kind === JsonKind.boolean && this.document.rawOf(this.index) === 'true';
  }

  get holdsJson(): boolean {
    const text = this.string;
    return text !== null && isJson(text);
  }

  openString(): JsonNode | null {
    const text = this.string;
    const inner = text !== null && looksLikeJson(text) ? tryReadJson(text) : null;
    return inner && new JsonNode(inner);
  }

  /** What it holds under a key, the last of several; null without. */
  get(key: string): JsonNode | null {
    if (!this.isObject) return null;
    const { document } = this;
    const end = document.nextOf(this.index);
    let found = -1;
    for (let child = this.index + 1; child < end; child = document.nextOf(child)) {
      if (document.hasKey(child, key)) found = child;
    }
    return found < 0 ? null : new JsonNode(document, found);
  }

  /** The first of these keys that it holds something other than null under. */
  first(...keys: string[]): JsonNode | null {
    for (const key of keys) {
      const value = this.get(key);
      if (value && !value.isNull) return value;
    }
    return null;
  }

  /** The string under the first of these keys that holds one. */
  stringAt(...keys: string[]): string | null {
    for (const key of keys) {
      const value = this.get(key)?.string ?? null;
      if (value !== null) return value;
    }
    return null;
  }

  /** What it holds, in the order of the text; empty for what is no container. */
  *children(): Generator<JsonNode> {
    for (const index of this.childIndexes()) yield new JsonNode(this.document, index);
  }

  *fields(): Generator<[string, JsonNode]> {
    if (!this.isObject) return;
    for (const child of this.children()) yield [child.key ?? '', child];
  }

  *childIndexes(): Generator<number> {
    const end = this.document.nextOf(this.index);
    for (let child = this.index + 1; child < end; child = this.document.nextOf(child)) yield child;
  }

  /** Its items if it is an array; null otherwise. */
  get items(): JsonNode[] | null {
    return this.isArray ? [...this.children()] : null;
  }
}
