/**
 * A JSON value to read from, however it is kept: parsed ({@link ValueView}), or as text with positions (in the UI).
 * Reading it copies nothing that is not asked for.
 */
export interface JsonView {
  readonly isObject: boolean;
  readonly isArray: boolean;
  readonly isNull: boolean;
  readonly isTrue: boolean;
  /** How many values it holds itself. */
  readonly count: number;
  /** 0 for the root. */
  readonly depth: number;
  /** Whether only what messages say is of use, as in previews: finish reasons and other fields are not read. */
  readonly isPreview?: boolean;
  /** The value as JSON. */
  readonly source: string;
  /** What it says if it is a string; null otherwise. */
  readonly string: string | null;
  /** Its items if it is an array; null otherwise. */
  readonly items: readonly JsonView[] | null;
  /** Whether it is a string that holds an object or an array as JSON. */
  readonly holdsJson: boolean;
  /** The object or array that a string holds as JSON; null for everything else. */
  openString(): JsonView | null;
  /** What an object holds under a key; null without. */
  get(key: string): JsonView | null;
  /** The first of these keys that it holds something other than null under. */
  first(...keys: readonly string[]): JsonView | null;
  /** The string under the first of these keys that holds one. */
  stringAt(...keys: readonly string[]): string | null;
  /** The keys of an object and what stands under them, in order; empty for everything else. */
  fields(): Iterable<readonly [key: string, value: JsonView]>;
}
