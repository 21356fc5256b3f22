import { isJsonObject } from './json-text.ts';
import type { JsonObject } from './json-text.ts';

/** Reads the fields of a parsed object, and says which one is not what it should be. */
export class Fields {
  readonly #object: JsonObject;

  /** @throws {TypeError} it is not an object */
  constructor(value: unknown) {
    if (!isJsonObject(value)) throw new TypeError('`data` is not an object');
    this.#object = value;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  text(name: string): string {
    return this.#as(name, 'a string', isText);
  }

  isNull(name: string): boolean {
    return this.#value(name) === null;
  }

  nullableText(name: string): string | null {
    return this.isNull(name) ? null : this.text(name);
  }

  texts(name: string): readonly string[] {
    return this.#as(name, 'a list of strings', isTexts);
  }

  number(name: string): number {
    return this.#as(name, 'a number', isNumber);
  }

  /** A whole number that is exact. */
  integer(name: string): number {
    return this.#as(name, 'a whole number', isInteger);
  }

  boolean(name: string): boolean {
    return this.#as(name, 'true or false', isBoolean);
  }

  object(name: string): JsonObject {
    return this.#as(name, 'an object', isJsonObject);
  }

  /** The exact text of a JSON object. */
  objectText(name: string): string {
    return this.#as(name, 'the text of a JSON object', isObjectText);
  }

  choice<const Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const isChoice = (value: unknown): value is Choice => choices.some((one) => one === value);
    return this.#as(name, `one of ${choices.join(', ')}`, isChoice);
  }

  #value(name: string): unknown {
    return this.has(name) ? this.#object[name] : undefined;
  }

  #as<T>(name: string, wanted: string, is: (value: unknown) => value is T): T {
    const value = this.#value(name);
    if (!is(value)) throw new TypeError(`\`${name}\` is not ${wanted}`);
    return value;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(isText);
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

function isObjectText(value: unknown): value is string {
  if (value === '{}') return true;
  if (!isText(value)) return false;
  try {
    return isJsonObject(JSON.parse(value));
  } catch {
    // Not JSON at all.
    return false;
  }
}
