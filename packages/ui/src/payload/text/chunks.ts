/** Characters in a chunk of text that the browser lays out independently. */
export const chunkCharacters = 8192;

/** How far before the limit a line or a word may end that the piece ends with. */
const slack = 1024;
/** More than any character that is made of several; what is longer is no text and may be cut anywhere. */
const longestGrapheme = 128;

let segmenter: Intl.Segmenter | null = null;

/**
 * Cuts text into pieces of at most `size` characters that give it back when they are joined. A piece ends with a line,
 * or with a word, or between two characters as a reader sees them: never within a surrogate pair, or between a letter
 * and its accents.
 */
export function chunkText(text: string, size = chunkCharacters): string[] {
  const chunks: string[] = [];
  let start = 0;
  while (text.length - start > size) {
    const end = findEnd(text, start, start + size);
    chunks.push(text.slice(start, end));
    start = end;
  }
  chunks.push(text.slice(start));
  return chunks;
}

function findEnd(text: string, start: number, limit: number): number {
  const from = Math.max(start + 1, limit - slack);
  const tail = text.slice(from, limit);
  for (const separator of ['\n', ' ']) {
    const at = tail.lastIndexOf(separator);
    if (at >= 0) return from + at + 1;
  }
  return Math.max(start + 1, safeCut(text, limit));
}

/** The last place at or before `at` that does not stand within a character. */
export function safeCut(text: string, at: number): number {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  const from = Math.max(0, at - longestGrapheme);
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const around = text.slice(from, at + longestGrapheme);
  const segment = segmenter.segment(around).containing(at - from);
  const cut = from + (segment?.index ?? at - from);
  if (cut > from) return cut;
  return isWithinPair(text, at) ? at - 1 : at;
}

function isWithinPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}

/** The beginning of a text, at most `limit` characters, cut where a reader sees no broken character. */
export function headOf(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, safeCut(text, limit));
}
