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
 * they are, an escape that does not exist (its character is kept), an end within an escape (kept as it is).
 */
export function decodeJsonString(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(escapePattern, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined
      ? (escapes[letter ?? ''] ?? letter ?? '')
      : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
