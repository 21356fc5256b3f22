import { useMemo } from 'react';
import { compileQuery } from '../query/compile-query.ts';
import type { CompiledQuery } from '../query/compile-query.ts';
import type { FieldCatalogue } from '../query/field-catalogue.ts';
import { addCondition } from '../query/query-edit.ts';
import type { Condition, Problem } from '../query/query.ts';
import { textParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import type { ListKind } from './column.ts';
import { scopeParam, withKind } from './list-params.ts';

const queryParam = textParam();

/** The query of a list as text. */
export const useQueryText = () => useQueryState('q', queryParam);

/** What a query is compiled with. */
export interface QuerySetting {
  readonly kind: ListKind;
  readonly catalogue: FieldCatalogue;
  readonly zone: string;
}

/** The query of a list: its text, the filters that it comes to, and what it is about. */
export function useListQuery(setting: QuerySetting, refresh: () => void) {
  const [query, setQueryText] = useQueryText();
  const [scopeChoice, setScopeChoice] = useQueryState('in', scopeParam);
  const { compiled, problems } = useCompiled(query, setting);
  const apply = (text: string) => {
    setQueryText(text);
    refresh();
  };
  return {
    query,
    apply,
    addCondition: (condition: Condition) => apply(addCondition(query, condition)),
    setScopeChoice,
    target: scopeChoice === 'auto' ? compiled.target : scopeChoice,
    compiled,
    problems,
  };
}

export type ListQuery = ReturnType<typeof useListQuery>;

/** The same list with the conditions of a saved query before its own. */
export function useNarrowed<List extends ListQuery & QuerySetting>(list: List, kept: string): List {
  const query = [kept, list.query].filter((text) => text !== '').join(' ');
  return { ...list, query, ...useCompiled(query, list) };
}

const nothing: CompiledQuery = { filters: [], texts: [], target: 'session' };

/** A query of the address that cannot be asked for is shown with its faults; no part of it is applied. */
function useCompiled(
  query: string,
  { kind, catalogue, zone }: QuerySetting,
): { compiled: CompiledQuery; problems: readonly Problem[] } {
  return useMemo(() => {
    const { query: said, problems } = compileQuery(query, { catalogue, timeZone: zone });
    const base = said ?? nothing;
    return { compiled: { ...base, filters: withKind(kind, base.filters) }, problems };
  }, [query, catalogue, zone, kind]);
}
