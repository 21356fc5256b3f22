/** Text that stands in a JSON document as it is, valid or not. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object as a list of pairs, so that a key can come twice or be called `__proto__`. */
export class Pairs {
  readonly list: readonly (readonly [string, unknown])[];

  constructor(list: readonly (readonly [string, unknown])[]) {
    this.list = list;
  }
}

/** JSON text of a value in which {@link RawJson} and {@link Pairs} may stand. */
export function writeJson(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (value instanceof Pairs) {
    return `{${value.list.map(([key, each]) => `${JSON.stringify(key)}:${writeJson(each)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map((each) => writeJson(each)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return writeJson(new Pairs(Object.entries(value).filter(([, each]) => each !== undefined)));
  }
  return JSON.stringify(value);
}
