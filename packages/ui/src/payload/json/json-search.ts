import { JsonKind, type JsonDocument } from './json-document.ts';

/** A value that holds what was searched for, in its key or in itself. */
export interface JsonHit {
  index: number;
  in: 'key' | 'value';
}

/** Searches document by document in slices, so that a long one need not hold its thread. */
export interface JsonSearch {
  /** What was found so far, in the order of the text. */
  readonly hits: readonly JsonHit[];
  /** Looks at the next values. @returns whether all were looked at */
  advance: (values?: number) => boolean;
}

const special = /[.*+?^${}()|[\]\\/]/g;

/** Looks for text in keys, strings and numbers, without regard to case. Empty text is nowhere. */
export function searchJson(document: JsonDocument, text: string): JsonSearch {
  const hits: JsonHit[] = [];
  const pattern = new RegExp(text.replaceAll(special, String.raw`\$&`), 'iu');
  let index = text === '' ? document.size : 0;
  const advance = (values = Infinity) => {
    const end = Math.min(document.size, index + values);
    for (; index < end; index += 1) {
      const key = document.keyOf(index);
      if (key !== null && pattern.test(key)) hits.push({ index, in: 'key' });
      else if (hasText(document, index, pattern)) hits.push({ index, in: 'value' });
    }
    return index === document.size;
  };
  return { hits, advance };
}

function hasText(document: JsonDocument, index: number, pattern: RegExp): boolean {
  return document.kindOf(index) >= JsonKind.string && pattern.test(document.stringOf(index));
}
