const escapes: Record<string, string> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const escapePattern = /\\(?:u([0-9a-fA-F]{4})|([^]))/g;

/**
 * What the characters between the quotes of a JSON string say. Bears what `JSON.parse` refuses: control characters as
 * they are, and escapes that do not exist or end too soon, of which all but the backslash is kept.
 */
export function decodeJsonString(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    // Five times as fast.
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    // One of those that it refuses.
    return raw.replace(escapePattern, decodeEscape);
  }
}

function decodeEscape(_: string, hex: string | undefined, letter = ''): string {
  return hex === undefined
    ? (escapes[letter] ?? letter)
    : String.fromCharCode(Number.parseInt(hex, 16));
}
