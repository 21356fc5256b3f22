import { useCallback, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Skeleton } from 'honeyhive-wire';
import { optionalParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import type { SessionName } from '../trace/session-queries.ts';
import { buildSessionTree } from '../trace/session-tree.ts';
import { useSessionFind, type SessionFind } from './use-session-find.ts';
import { useSessionZoom, type SessionZoom } from './use-session-zoom.ts';
import { useTreeState, type TreeControl } from './use-tree-state.ts';

/** Everything that the parts of the session view share. */
export interface SessionViewState {
  readonly control: TreeControl;
  readonly zoom: SessionZoom;
  readonly find: SessionFind;
  readonly isFinding: boolean;
  readonly openFind: () => void;
  readonly closeFind: () => void;
  /** The event that the address names. */
  readonly selectedId: string | null;
  readonly deselect: () => void;
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly findRef: RefObject<HTMLInputElement | null>;
  readonly detailRef: RefObject<HTMLDivElement | null>;
}

export function useSessionView(name: SessionName, skeleton: Skeleton): SessionViewState {
  const tree = useMemo(() => buildSessionTree(skeleton), [skeleton]);
  const [selectedId, setSelectedId] = useQueryState('e', optionalParam);
  const select = useCallback((id: string) => setSelectedId(id, 'replace'), [setSelectedId]);
  const control = useTreeState(tree, selectedId, select);
  const zoom = useSessionZoom(tree);
  const find = useSessionFind(control, name);
  const [isFinding, setFinding] = useState(find.text !== '');
  const gridRef = useRef<HTMLDivElement>(null);
  const findRef = useRef<HTMLInputElement>(null);
  const detailRef = useRef<HTMLDivElement>(null);
  return {
    control,
    zoom,
    find,
    isFinding,
    selectedId,
    gridRef,
    findRef,
    detailRef,
    openFind: () => {
      // At once, for what is typed next is the text.
      flushSync(() => setFinding(true));
      findRef.current?.select();
    },
    closeFind: () => {
      setFinding(false);
      find.setText('');
      gridRef.current?.focus();
    },
    deselect: () => setSelectedId(null, 'replace'),
  };
}
