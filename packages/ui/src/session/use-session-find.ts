import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useDebounced } from '../query/use-debounced.ts';
import { findQuery } from '../trace/session-queries.ts';
import { textParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { findInSession, nextHit, type SessionHits } from './session-find.ts';
import { at } from '../trace/session-tree.ts';
import type { TreeControl } from './use-tree-state.ts';

export interface SessionFind {
  readonly text: string;
  readonly hits: SessionHits;
  /** Number of the selected hit, from 1; 0 when another event is selected. */
  readonly at: number;
  readonly hasFailed: boolean;
  readonly setText: (text: string) => void;
  readonly step: (step: 1 | -1) => void;
}

const param = textParam();
const typingPauseMs = 200;

/** Find in a session: names at once, payloads when the typing pauses. The text is kept in the address. */
export function useSessionFind(
  control: TreeControl,
  session: { readonly project: string; readonly id: string },
): SessionFind {
  const [text, setText] = useQueryState('find', param);
  const { tree, selected } = control.state;
  const settled = useDebounced(text.trim(), typingPauseMs);
  const found = useQuery({ ...findQuery({ ...session, text: settled }), enabled: settled !== '' });
  const shown = useDeferredValue(text);
  const answer = settled === shown.trim() ? (found.data ?? null) : null;
  const hits = useMemo(() => findInSession(tree, shown, answer), [tree, shown, answer]);
  const step = (by: 1 | -1) => {
    const event = nextHit(hits, tree, { place: selected, step: by });
    if (event >= 0) control.select(at(tree.placeOf, event));
  };
  return {
    text,
    hits,
    at: hits.events.indexOf(at(tree.event, selected)) + 1,
    hasFailed: found.isError && settled !== '',
    setText: (next: string) => setText(next, 'replace'),
    step,
  };
}
