/** An object or a list that a reader is in. */
export class JsonFrame {
  readonly isList: boolean;
  /** Offset of its bracket. */
  readonly start: number;
  /** Where the members begin that have not been parsed. */
  runStart: number;
  /** Offset of the last comma; -1: none. */
  comma = -1;
  /** Members that are complete. */
  count = 0;
  /** The last key, with its quotes. */
  keyStart = 0;
  keyEnd = 0;
  isKeyNext: boolean;
  /** Whether the value before was put in on its own, so that a comma or a bracket has to follow. */
  isAfterPiece = false;
  /** Whether everything before the value that is being read has been parsed. */
  isWaiting = false;
  /** Key of that value. */
  key = '';
  #list: unknown[] | null = null;
  #object: Record<string, unknown> | null = null;

  constructor(isList: boolean, start: number, runStart: number) {
    this.isList = isList;
    this.isKeyNext = !isList;
    this.start = start;
    this.runStart = runStart;
  }

  /** What has been parsed of it; null: nothing. */
  get built(): unknown[] | Record<string, unknown> | null {
    return this.#list ?? this.#object;
  }

  get last(): unknown {
    return this.#list?.at(-1);
  }

  /** From now on it is put together out of pieces. */
  begin(): void {
    if (this.isList) this.#list ??= [];
    else this.#object ??= {};
  }

  /** Adds members that were parsed together. */
  add(members: unknown): void {
    if (Array.isArray(members)) {
      this.#list ??= [];
      for (const member of members) this.#list.push(member);
    } else if (isRecord(members)) {
      if (this.#object === null) this.#object = members;
      else for (const key of Object.keys(members)) this.#set(key, members[key]);
    }
  }

  /** Adds a value that was read on its own, in an object under the key that waits for it. */
  put(value: unknown): void {
    if (this.isList) (this.#list ??= []).push(value);
    else this.#set(this.key, value);
  }

  #set(key: string, value: unknown): void {
    this.#object ??= {};
    if (key === '__proto__')
      Object.defineProperty(this.#object, key, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    else this.#object[key] = value;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
