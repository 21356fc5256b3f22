import { formatCount, formatNoun } from '../format/number.ts';
import { listText } from '../text/list.ts';
import type { ListKind } from './column.ts';

/** `1 session`, `12,431 model calls`. */
export const countOf = (kind: ListKind, count: number): string =>
  formatNoun(count, listText.nouns[kind][0], listText.nouns[kind][1]);

/** `sessions`. */
export const manyOf = (kind: ListKind): string => listText.nouns[kind][1];

/** `12,431 sessions`, `10,000+ sessions`. */
export const totalOf = (
  kind: ListKind,
  { count, exact }: { readonly count: number; readonly exact: boolean },
): string => (exact ? countOf(kind, count) : `${formatCount(count)}+ ${manyOf(kind)}`);
