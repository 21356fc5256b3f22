import { JsonKind, type JsonDocument } from '../payload/json/json-document.ts';

/**
 * What each value says, as a text that is equal for equal values: whatever the order of keys, the spaces, the escapes
 * and the way in which a number is written. One pass from the last value to the first, so that no depth is too deep.
 */
export function printValues(document: JsonDocument): string[] {
  const prints: string[] = Array.from({ length: document.size }, () => '');
  for (let index = document.size - 1; index >= 0; index -= 1) {
    prints[index] = document.isContainer(index)
      ? hashOf(printContainer(document, index, prints))
      : printScalar(document, index);
  }
  return prints;
}

function printContainer(document: JsonDocument, index: number, prints: string[]): string {
  const isArray = document.kindOf(index) === JsonKind.array;
  const held: string[] = [];
  const end = document.nextOf(index);
  for (let child = index + 1; child < end; child = document.nextOf(child)) {
    const print = prints[child] ?? '';
    held.push(isArray ? print : `${JSON.stringify(document.keyOf(child))}:${print}`);
  }
  return isArray ? `[${held.join(',')}]` : `{${held.toSorted().join(',')}}`;
}

const longestPlain = 64;

function printScalar(document: JsonDocument, index: number): string {
  const text = document.stringOf(index);
  if (document.kindOf(index) === JsonKind.number) return printNumber(text);
  if (document.kindOf(index) !== JsonKind.string) return text;
  return text.length <= longestPlain ? JSON.stringify(text) : hashOf(text);
}

/** The digits of a number without zeros at either end, and where its point is. `1.50e1` and `15` are the same. */
export function printNumber(source: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source);
  if (!match) return source;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  const scale =
    BigInt(exponent.slice(0, 20)) - BigInt(fraction.length - (digits.length - kept.length));
  return `${sign}${kept}e${scale}`;
}

/** 64 bits of a text, and its length: texts that differ do not share it by chance. */
function hashOf(text: string): string {
  let [first, second] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 2_654_435_761);
    second = Math.imul(second ^ code, 1_597_334_677);
  }
  return `#${(first >>> 0).toString(36)}.${(second >>> 0).toString(36)}.${text.length.toString(36)}`;
}
