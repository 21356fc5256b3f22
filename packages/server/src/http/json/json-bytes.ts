const quote = 0x22;
const backslash = 0x5c;

/**
 * Where a text of JSON ends, looked for up to a limit.
 *
 * @param at behind the quote that begins it, or where an earlier search stopped
 * @returns behind the quote that ends it; where the search stopped, as a negative number, when the text continues
 */
export function endOfText(bytes: Buffer, at: number, limit: number): number {
  let place = at;
  while (place < limit) {
    const byte = bytes[place];
    if (byte === quote) return place + 1;
    place += byte === backslash ? 2 : 1;
  }
  return -place;
}

/** Where to cut a text so that no escape and no character is cut: at the limit, or a few bytes behind it. */
export function endOfTextPiece(bytes: Buffer, start: number, limit: number): number {
  let place = start;
  while (place < limit) {
    if (bytes[place] !== backslash) place += 1;
    else place += bytes[place + 1] === 0x75 ? 6 : 2;
  }
  while (((bytes[place] ?? 0) & 0xc0) === 0x80) place += 1;
  return place;
}

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Where white space ends, looked for up to a limit. Other control characters are left to the parser. */
export function endOfBlank(bytes: Buffer, at: number, limit: number): number {
  const last = Math.min(limit, bytes.length);
  let place = at;
  while (place < last && (bytes[place] ?? 0) <= 0x20) place += 1;
  return place;
}

/** Whether there is nothing but white space. */
export function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let place = start; place < end; place += 1) if (!isSpace(bytes[place] ?? 0)) return false;
  return true;
}

const endsScalar = new Set(Buffer.from(' \t\r\n,:[]{}"'));
const isEndOfScalar = Uint8Array.from({ length: 256 }, (_, byte) => (endsScalar.has(byte) ? 1 : 0));

/** Where a number or word ends. */
export function endOfScalar(bytes: Buffer, at: number): number {
  let place = at + 1;
  while (place < bytes.length && isEndOfScalar[bytes[place] ?? 0] === 0) place += 1;
  return place;
}
