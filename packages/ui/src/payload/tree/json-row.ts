import { JsonKind, type JsonDocument } from '../json/json-document.ts';
import { payloadText } from '../../text/payload.ts';
import { findBase64Run, shortestRun } from '../text/base64-runs.ts';
import { headOf } from '../text/chunks.ts';

/** Longer strings are cut in their row. */
export const longestInRow = 400;
/** How many keys of a closed object its row names. */
const namedKeys = 4;

/** How a value looks in its row: its class of colour, and its words. */
export interface RowValue {
  look: 'string' | 'number' | 'boolean' | 'null' | 'container' | 'data';
  text: string;
  /** Whether there is more of it than the row shows. */
  isCut: boolean;
}

const looks: Record<number, RowValue['look']> = {
  [JsonKind.number]: 'number',
  [JsonKind.boolean]: 'boolean',
  [JsonKind.null]: 'null',
};

/** A value as its row shows it. Numbers are shown as they were written. */
export function toRowValue(document: JsonDocument, index: number, isOpen: boolean): RowValue {
  const kind = document.kindOf(index);
  if (document.isContainer(index)) {
    return { look: 'container', text: describeContainer(document, index, isOpen), isCut: false };
  }
  if (kind !== JsonKind.string) {
    const text = headOf(document.rawOf(index), longestInRow);
    const isCut = document.rawLengthOf(index) > longestInRow;
    return { look: looks[kind] ?? 'null', text, isCut };
  }
  const data = describeData(document, index);
  if (data !== null) return { look: 'data', text: data, isCut: true };
  // An escape takes at most six characters of the source.
  const decoded = document.stringOf(index, longestInRow * 6);
  const text = toOneLine(headOf(decoded, longestInRow));
  const isCut = decoded.length > longestInRow || document.rawLengthOf(index) > longestInRow * 6;
  return { look: 'string', text, isCut };
}

/** A row has one line: where a text has more, it is marked. */
const toOneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ↵ ');

/** Data in base64 begin within so many characters of their string. */
const longestBeforeData = 128;

/** What kind of data a string holds, and how much; null for one that is text. */
function describeData(document: JsonDocument, index: number): string | null {
  if (document.rawLengthOf(index) < shortestRun) return null;
  const { run } = findBase64Run(document.rawOf(index), 0, longestBeforeData);
  return run && payloadText.bytes(run.mediaType, run.bytes);
}

function describeContainer(document: JsonDocument, index: number, isOpen: boolean): string {
  const count = document.countOf(index);
  if (document.kindOf(index) === JsonKind.array) return `[${count === 0 ? '' : count}]`;
  if (count === 0) return '{}';
  if (isOpen) return `{${count}}`;
  const keys: string[] = [];
  const end = document.nextOf(index);
  for (let at = index + 1; at < end && keys.length < namedKeys; at = document.nextOf(at)) {
    keys.push(headOf(document.keyOf(at) ?? '', 32));
  }
  return `{${keys.join(', ')}${count > keys.length ? `, +${count - keys.length}` : ''}}`;
}
