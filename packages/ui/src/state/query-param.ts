/** How a value stands in the query of the address. */
export interface QueryParam<Value> {
  /** Parses untrusted text; null: the name is missing. Never throws. */
  parse(text: string | null): Value;
  /** null: leave the name out, which is how defaults are written. */
  print(value: Value): string | null;
}

export const textParam = (fallback = ''): QueryParam<string> => ({
  parse: (text) => text ?? fallback,
  print: (value) => (value === fallback ? null : value),
});

/** A text or nothing: an id, say. */
export const optionalParam: QueryParam<string | null> = {
  parse: (text) => (text === '' ? null : text),
  print: (value) => value,
};

/** `name=1`, or nothing. */
export const flagParam: QueryParam<boolean> = {
  parse: (text) => text === '1',
  print: (value) => (value ? '1' : null),
};

/** One of a few words; anything else is the first. */
export function choiceParam<Word extends string>(
  words: readonly [Word, ...Word[]],
): QueryParam<Word> {
  const [fallback] = words;
  return {
    parse: (text) => words.find((word) => word === text) ?? fallback,
    print: (value) => (value === fallback ? null : value),
  };
}

/** Names in an order, joined by commas; null: the default ones. A comma in a name is written `%2C`. */
export const listParam: QueryParam<readonly string[] | null> = {
  parse: (text) =>
    text === null
      ? null
      : text === ''
        ? []
        : text.split(',').map((name) => name.replaceAll('%2C', ',')),
  print: (value) => value?.map((name) => name.replaceAll(',', '%2C')).join(',') ?? null,
};

/** Changes of names; null takes one out. */
export type QueryChanges = Readonly<Record<string, string | null>>;

/** A query, without `?`, with some names changed; the others stay as and where they are. */
export function changeQuery(search: string, changes: QueryChanges): string {
  const params = new URLSearchParams(search);
  for (const [name, text] of Object.entries(changes)) {
    if (text === null) params.delete(name);
    else params.set(name, text);
  }
  // Legible where the grammar allows it. Source: RFC 3986 section 3.4.
  return params.toString().replaceAll(/%(?:2C|3A|2F|40|7E)/g, (code) => decodeURIComponent(code));
}
