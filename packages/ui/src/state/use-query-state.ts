import { useCallback, useMemo } from 'react';
import { navigate, useSearch } from 'wouter/use-browser-location';
import { changeQuery } from './query-param.ts';
import type { QueryChanges, QueryParam } from './query-param.ts';

/**
 * `push` makes a step that the back button undoes, for what was decided; `replace` is for what is being typed or
 * dragged.
 */
export type HowToGo = 'push' | 'replace';

/** Changes names of the query, at once and together. Reads the address itself, so that calls of one moment add up. */
export function setQuery(changes: QueryChanges, how: HowToGo = 'push'): void {
  const { pathname, search, hash } = window.location;
  const query = changeQuery(search, changes);
  const next = `${pathname}${query === '' ? '' : `?${query}`}${hash}`;
  if (next === `${pathname}${search}${hash}`) return;
  navigate(next, { replace: how === 'replace', state: window.history.state as unknown });
}

/**
 * A URL query parameter as state, so that everything visible can be linked.
 *
 * @param name short, as the list in `docs/architecture.md` has it
 * @param param a constant; created in each render, it would produce a new value each time
 */
export function useQueryState<Value>(
  name: string,
  param: QueryParam<Value>,
): readonly [Value, (value: Value, how?: HowToGo) => void] {
  // wouter's own hook of this name decodes what it gives, so that a literal %25 would be decoded twice.
  const text = new URLSearchParams(useSearch()).get(name);
  const value = useMemo(() => param.parse(text), [param, text]);
  const set = useCallback(
    (next: Value, how?: HowToGo) => setQuery({ [name]: param.print(next) }, how),
    [name, param],
  );
  return [value, set];
}
