import type { JsonView } from './json-view.ts';

/** How a view prints values, and which strings it opens. */
export interface ValueViewOptions {
  /** A value as JSON. Default: `JSON.stringify`. */
  readonly print: (value: unknown) => string;
  /** Longer strings are not parsed as JSON. Default: no limit. */
  readonly maxStringChars: number;
  /** Default: false. */
  readonly isPreview?: boolean;
}

const defaults: ValueViewOptions = { print: JSON.stringify, maxStringChars: Infinity };

/** A view of a parsed value. */
export class ValueView implements JsonView {
  readonly depth: number;
  readonly #value: unknown;
  readonly #options: ValueViewOptions;

  constructor(value: unknown, options = defaults, depth = 0) {
    this.#value = value;
    this.#options = options;
    this.depth = depth;
  }

  get isObject(): boolean {
    return isObject(this.#value);
  }

  get isArray(): boolean {
    return Array.isArray(this.#value);
  }

  get isNull(): boolean {
    return this.#value === null;
  }

  get isTrue(): boolean {
    return this.#value === true;
  }

  get isPreview(): boolean {
    return this.#options.isPreview === true;
  }

  get count(): number {
    if (Array.isArray(this.#value)) return this.#value.length;
    return isObject(this.#value) ? Object.keys(this.#value).length : 0;
  }

  get source(): string {
    return this.#options.print(this.#value);
  }

  get string(): string | null {
    return typeof this.#value === 'string' ? this.#value : null;
  }

  get items(): ValueView[] | null {
    if (!Array.isArray(this.#value)) return null;
    return this.#value.map((item: unknown) => this.#child(item));
  }

  get holdsJson(): boolean {
    return this.openString() !== null;
  }

  openString(): ValueView | null {
    const text = this.string;
    if (text === null || text.length > this.#options.maxStringChars) return null;
    if (!/^\s*[{[]/.test(text)) return null;
    try {
      return new ValueView(JSON.parse(text), this.#options);
    } catch {
      // It only begins like JSON.
      return null;
    }
  }

  get(key: string): ValueView | null {
    const value = this.#value;
    return isObject(value) && Object.hasOwn(value, key) ? this.#child(value[key]) : null;
  }

  first(...keys: readonly string[]): ValueView | null {
    const value = this.#value;
    if (!isObject(value)) return null;
    for (const key of keys) {
      const held = value[key];
      if (held !== null && Object.hasOwn(value, key)) return this.#child(held);
    }
    return null;
  }

  stringAt(...keys: readonly string[]): string | null {
    const value = this.#value;
    if (!isObject(value)) return null;
    for (const key of keys) {
      const text = value[key];
      if (typeof text === 'string' && Object.hasOwn(value, key)) return text;
    }
    return null;
  }

  *fields(): Generator<[string, ValueView]> {
    if (!isObject(this.#value)) return;
    for (const [key, value] of Object.entries(this.#value)) yield [key, this.#child(value)];
  }

  #child(value: unknown): ValueView {
    return new ValueView(value, this.#options, this.depth + 1);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
