/** A stretch of text, or characters in it that a reader would not see or that change what is seen around them. */
export type TextPiece =
  | { kind: 'text'; text: string }
  /** `count` of the same character; `code` as in `U+202E`. */
  | { kind: 'mark'; code: string; name: string; count: number };

/**
 * Control characters but tab and the ends of lines; characters of format, with which writing changes its direction and
 * text hides from a reader and not from a model, but the joiners and the signs of Arabic, which are part of writing;
 * separators of lines that are no end of a line; halves of surrogate pairs. And repetitions of the same.
 */
const invisible =
  /((?![\t\n\r]|\u200c|\u200d|[\u0600-\u0605]|\u06dd|\u070f|\u08e2)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}])\1*/gu;

const names = new Map<number, string>([
  [0x00, 'NUL'],
  [0x07, 'BEL'],
  [0x08, 'BS'],
  [0x1b, 'ESC'],
  [0x7f, 'DEL'],
  [0xad, 'soft hyphen'],
  [0x200b, 'zero-width space'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'end of direction'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'end of isolate'],
  [0xfeff, 'byte order mark'],
]);

const families: [first: number, last: number, name: string][] = [
  [0xd800, 0xdfff, 'half of a surrogate pair'],
  [0xe0000, 0xe007f, 'hidden tag'],
];

function nameOf(codePoint: number): string {
  const family = families.find(([first, last]) => codePoint >= first && codePoint <= last);
  return names.get(codePoint) ?? family?.[2] ?? 'control character';
}

export function codeOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text in pieces, so that what cannot be seen in it can be shown. Joined, they are the text. */
export function markInvisible(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  invisible.lastIndex = 0;
  // Not `matchAll`: it copies the expression, and to compile these classes takes milliseconds.
  for (let match = invisible.exec(text); match !== null; match = invisible.exec(text)) {
    const character = match[1] ?? '';
    const codePoint = character.codePointAt(0) ?? 0;
    if (isPartOfFlag(text, match.index, codePoint)) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    const count = match[0].length / character.length;
    pieces.push({ kind: 'mark', code: codeOf(codePoint), name: nameOf(codePoint), count });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Flags of regions are a black flag followed by tags. */
function isPartOfFlag(text: string, at: number, codePoint: number): boolean {
  if (codePoint < 0xe0000) return false;
  return /\u{1f3f4}[\u{e0020}-\u{e007f}]{0,7}$/u.test(text.slice(Math.max(0, at - 16), at));
}

/** The same marks written into the text: for texts with too many marks for separate elements. */
export function spellInvisible(text: string): string {
  return markInvisible(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : spell(piece)))
    .join('');
}

export function spell({ code, count }: { code: string; count: number }): string {
  return count === 1 ? `[${code}]` : `[${code} ×${count}]`;
}
