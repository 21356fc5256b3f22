import { isJsonObject } from '../domain/json-text.ts';

const comma = 0x2c;
const openList = 0x5b;
const openObject = 0x7b;

/**
 * How many values there may be in the JSON texts among the attributes of a span, which are parsed with it: not fewer
 * than there are.
 */
export function countTexts(value: unknown): number {
  if (typeof value === 'string') return countValues(value);
  let count = 0;
  // No list of the values of each object: there may be 200,000 of them.
  if (Array.isArray(value)) for (const each of value) count += countTexts(each);
  else if (isJsonObject(value)) for (const key in value) count += countTexts(value[key]);
  return count;
}

function countValues(text: string): number {
  if (text.length < 1_000 || !/^\s*[[{]/.test(text)) return 0;
  let count = 1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === comma || char === openList || char === openObject) count += 1;
  }
  return count;
}
