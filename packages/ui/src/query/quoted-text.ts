/** The text as a quoted word: `\"` and `\\` are the only escapes. */
export const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** What a quoted word says, without its quotes; null when it is not closed. */
export function unquote(quoted: string): string | null {
  const match = /^"((?:[^"\\]|\\[\s\S])*)"$/.exec(quoted);
  return match ? (match[1] ?? '').replaceAll(/\\(["\\])/g, '$1') : null;
}
