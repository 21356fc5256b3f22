import type { Message } from 'honeyhive-facts/messages';
import { printOf } from '../payload/messages/new-messages.ts';
import { align } from './align.ts';

/** A message of one conversation and its counterpart in the other; null if missing. */
export interface MessageChange {
  kind: 'same' | 'changed' | 'added' | 'removed';
  before: Message | null;
  after: Message | null;
}

/** What differs between two conversations: equal messages are aligned, those between them paired by role, in order. */
export function diffMessages(
  before: readonly Message[],
  after: readonly Message[],
): MessageChange[] {
  const pairs = align({
    before: before.map(printOf),
    after: after.map(printOf),
    canPair: (i, j) => before[i]?.role === after[j]?.role,
  });
  return pairs.map((pair) => {
    const one = pair.before === null ? null : (before[pair.before] ?? null);
    const other = pair.after === null ? null : (after[pair.after] ?? null);
    return { kind: kindOf(one, other, pair.isSame), before: one, after: other };
  });
}

function kindOf(
  before: Message | null,
  after: Message | null,
  isSame: boolean,
): MessageChange['kind'] {
  if (isSame) return 'same';
  if (before === null) return 'added';
  return after === null ? 'removed' : 'changed';
}
