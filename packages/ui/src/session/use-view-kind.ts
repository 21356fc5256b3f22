import { useCallback, useState } from 'react';
import type { Skeleton } from 'honeyhive-wire';
import { createPreference, usePreference } from '../state/preference.ts';
import type { QueryParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { decideViewKind, viewKinds, type SessionViewKind } from './view-kind.ts';

const parse = (text: string | null): SessionViewKind | null =>
  viewKinds.find((kind) => kind === text) ?? null;

/** Left out as long as nobody chose: what is shown then depends on the session and on its reader. */
const kindParam: QueryParam<SessionViewKind | null> = { parse, print: (kind) => kind };
const kindPreference = createPreference<SessionViewKind | null>('session-view', {
  parse,
  print: (kind) => kind ?? '',
});

export interface ViewKind {
  readonly kind: SessionViewKind;
  /** Shows it otherwise, here and from now on. */
  readonly setKind: (kind: SessionViewKind) => void;
  /** For the thread: there is nothing to show. Nobody is left with that who did not ask for it. */
  readonly onNothing: () => void;
}

/**
 * How the session is shown. What was decided when it was opened stays so, whatever is selected or arrives afterwards.
 */
export function useViewKind(columns: Skeleton, selectedId: string | null): ViewKind {
  const [asked, setAsked] = useQueryState('v', kindParam);
  const [chosen, choose] = usePreference(kindPreference);
  const [decided, setDecided] = useState(() =>
    decideViewKind({ asked: null, chosen, columns, selectedId }),
  );
  const setKind = (kind: SessionViewKind) => {
    choose(kind);
    setAsked(kind);
  };
  return { kind: asked ?? decided, setKind, onNothing: useCallback(() => setDecided('tree'), []) };
}
