import { JsonKind, type JsonDocument } from './json-document.ts';
import { tryReadJson } from './json-reader.ts';
import { wholeBytes } from '../size-ladder.ts';

const opening = /^\s*[{[]/;
const closing = /[}\]]\s*$/;

/** Whether a string looks like JSON: begins and ends like an object or an array. */
export function looksLikeJson(text: string): boolean {
  return opening.test(text.slice(0, 64)) && closing.test(text.slice(-64));
}

/**
 * Whether a string contains JSON: parsed up to 256 KB, guessed beyond that. `JsonSourceView` parses a long one in a
 * worker, and shows it as text if it is not JSON.
 */
export const isJson = (text: string): boolean =>
  looksLikeJson(text) && (text.length > wholeBytes || tryReadJson(text) !== null);

/** The same question about a value of a document; looks at its two ends only. */
export function holdsJson(document: JsonDocument, index: number): boolean {
  if (document.kindOf(index) !== JsonKind.string) return false;
  const raw = document.rawOf(index);
  const head = raw.slice(0, 64).replaceAll(String.raw`\n`, ' ');
  const tail = raw.slice(-64).replaceAll(String.raw`\n`, ' ');
  return opening.test(head) && closing.test(tail);
}

/**
 * The text of a document with one of its strings replaced by the JSON that the string holds. Values before it keep
 * their index, all of them their path. Null if the string holds no JSON.
 */
export function unfoldString(document: JsonDocument, index: number): string | null {
  const inner = document.stringOf(index);
  if (tryReadJson(inner) === null) return null;
  const start = (document.columns.starts[index] ?? 0) - 1;
  const end = (document.columns.ends[index] ?? 0) + 1;
  return document.text.slice(0, start) + inner + document.text.slice(end);
}
