import { formatCount, formatNoun } from '../format/number.ts';

export const diffText = {
  comparing: 'Comparing',
  same: 'No difference',
  rough: 'The two have too little in common to be aligned.',
  unfold: (rows: number) => `${formatNoun(rows, 'line')} unchanged: show`,
  kinds: { added: 'added', removed: 'removed', changed: 'changed', same: 'the same' },
  counts: (added: number, removed: number) =>
    `${formatCount(added)} added, ${formatCount(removed)} removed`,
  changes: (count: number) => formatNoun(count, 'difference'),
  root: 'the whole value',
  path: 'Where',
  before: 'A',
  after: 'B',
  lines: 'Differences by line',
  values: 'Differences by path',
  messages: 'Differences by message',
  shown: (shown: number, total: number) =>
    `${formatCount(shown)} of ${formatCount(total)}; scroll for more.`,
} as const;
