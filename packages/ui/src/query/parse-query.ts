import { findItemSpans } from './item-spans.ts';
import { parseItem } from './parse-item.ts';
import type { Item } from './query.ts';

/** What the text of a query says, item by item. Nothing is dropped: an item that says nothing has a problem. */
export const parseQuery = (text: string): Item[] =>
  findItemSpans(text).map((at) => parseItem(text, at));
