/** Deeper values are written as an ellipsis. */
const maxDepth = 20;
const maxKeyChars = 100;

/** The beginning of the JSON text of a value: little more is written than the characters asked for. */
export function jsonHead(value: unknown, chars: number): string {
  const writer = new HeadWriter(chars);
  writer.write(value, maxDepth);
  return writer.text();
}

class HeadWriter {
  readonly #parts: string[] = [];
  #left: number;

  constructor(chars: number) {
    this.#left = chars;
  }

  text(): string {
    return this.#parts.join('');
  }

  write(value: unknown, depth: number): void {
    if (this.#left <= 0) return;
    if (typeof value === 'string') this.#put(JSON.stringify(value.slice(0, this.#left)));
    else if (typeof value !== 'object' || value === null) this.#put(String(value));
    else if (depth === 0) this.#put('…');
    else if (Array.isArray(value)) this.#writeArray(value, depth - 1);
    else this.#writeObject(value, depth - 1);
  }

  #writeArray(items: readonly unknown[], depth: number): void {
    this.#put('[');
    for (const [index, item] of items.entries()) {
      if (this.#left <= 0) return;
      if (index > 0) this.#put(',');
      this.write(item, depth);
    }
    this.#put(']');
  }

  #writeObject(object: object, depth: number): void {
    this.#put('{');
    let separator = '';
    // Not `Object.entries`: a large object would be copied for its beginning.
    for (const key in object) {
      if (this.#left <= 0) return;
      this.#put(`${separator}${JSON.stringify(key.slice(0, maxKeyChars))}:`);
      this.write(Reflect.get(object, key), depth);
      separator = ',';
    }
    this.#put('}');
  }

  #put(text: string): void {
    this.#parts.push(text);
    this.#left -= text.length;
  }
}
