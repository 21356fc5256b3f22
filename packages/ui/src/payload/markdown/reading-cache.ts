import type { MarkdownReading } from './markdown.ts';

/** Readings are some times as large as their texts. */
const mostCharacters = 500_000;

/** What was read lately, so that scrolling back to a text does not read it again. */
export class ReadingCache {
  readonly #readings = new Map<string, MarkdownReading>();
  #characters = 0;

  get(text: string): MarkdownReading | null {
    const reading = this.#readings.get(text);
    if (reading === undefined) return null;
    this.#readings.delete(text);
    this.#readings.set(text, reading);
    return reading;
  }

  set(text: string, reading: MarkdownReading): void {
    if (this.#readings.has(text)) return;
    this.#readings.set(text, reading);
    this.#characters += text.length;
    for (const [oldest] of this.#readings) {
      if (this.#characters <= mostCharacters) return;
      this.#readings.delete(oldest);
      this.#characters -= oldest.length;
    }
  }
}
