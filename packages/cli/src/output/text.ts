/** Breaks a text between words; each line is at most `width` characters unless a word is longer. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** One line of at most `width` characters, cut with an ellipsis; line breaks and control characters become spaces. */
export function oneLine(text: string, width: number): string {
  // A terminal obeys control characters; the text may come from anywhere.
  const flat = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const characters = Array.from(flat);
  return characters.length <= width ? flat : `${characters.slice(0, width - 1).join('')}…`;
}

/** Characters that a text takes on a line. */
export function widthOf(text: string): number {
  return Array.from(text).length;
}
