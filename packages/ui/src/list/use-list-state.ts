import { useMemo, useState } from 'react';
import { useProject } from '../api/project.tsx';
import { compileQuery } from '../query/compile-query.ts';
import type { CompiledQuery } from '../query/compile-query.ts';
import type { FieldCatalogue } from '../query/field-catalogue.ts';
import { addCondition } from '../query/query-edit.ts';
import type { Condition, Problem } from '../query/query.ts';
import { useCatalogue } from '../query/use-catalogue.ts';
import { flagParam, listParam, optionalParam, textParam } from '../state/query-param.ts';
import { resolveTimeRange } from '../state/time-range.ts';
import { useTimeZone } from '../state/time-zone.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { useTimeRange } from '../state/use-time-range.ts';
import type { ListKind } from './column.ts';
import { useListMoment } from './list-moment.ts';
import { columnsOf, scopeOf, scopeParam, withKind } from './list-params.ts';
import { sortParam } from './list-sort.ts';

const queryParam = textParam();

/**
 * What the address says of a list, and what follows from it.
 *
 * @param areRowsFirst whether there are rows to come before what else is asked for; {@link ListState.setAnswered} tells
 */
export function useListState(kind: ListKind, { areRowsFirst = false } = {}) {
  const project = useProject();
  const [query, setQueryText] = useQueryState('q', queryParam);
  const [range, setRange] = useTimeRange();
  const [zone] = useTimeZone();
  const [sort, setSort] = useQueryState('s', sortParam);
  const [columnIds, setColumnIds] = useQueryState('c', listParam);
  const [peek, setPeek] = useQueryState('peek', optionalParam);
  const [scopeChoice, setScopeChoice] = useQueryState('in', scopeParam);
  const [hasFacets, setFacets] = useQueryState('f', flagParam);
  const [moment, refresh] = useListMoment();
  const interval = useMemo(() => resolveTimeRange(range, zone, moment), [range, zone, moment]);
  const scope = scopeOf(kind);
  const about = useMemo(
    () => ({ project: project.id, scope, interval }),
    [project.id, scope, interval],
  );
  // Without a query nothing depends on the fields: the first rows come first.
  const [isAnswered, setAnswered] = useState(!areRowsFirst);
  const catalogue = useCatalogue(about, isAnswered || query !== '');
  const compiled = useCompiled({ query, catalogue, zone, kind });
  const columns = useMemo(() => columnsOf(kind, columnIds), [columnIds, kind]);
  const apply = (text: string) => {
    setQueryText(text);
    refresh();
  };
  return {
    kind,
    scope,
    project,
    query,
    apply,
    addCondition: (condition: Condition) => apply(addCondition(query, condition)),
    range,
    setRange,
    zone,
    sort,
    setSort,
    columns,
    columnIds: columns.map(({ id }) => id),
    areColumnsDefault: columnIds === null,
    setColumnIds,
    peek,
    setPeek,
    scopeChoice,
    setScopeChoice,
    target: scopeChoice === 'auto' ? compiled.query.target : scopeChoice,
    hasFacets,
    setFacets,
    moment,
    refresh,
    interval,
    about,
    catalogue,
    /** Called once the first rows are there, or there are to be none. */
    setAnswered,
    compiled: compiled.query,
    problems: compiled.problems,
  };
}

export type ListState = ReturnType<typeof useListState>;

/** The same list with the conditions of a kept query before those of its own. */
export function useNarrowed(list: ListState, kept: string): ListState {
  const { kind, catalogue, zone } = list;
  const query = [kept, list.query].filter((text) => text !== '').join(' ');
  const compiled = useCompiled({ query, catalogue, zone, kind });
  return { ...list, query, compiled: compiled.query, problems: compiled.problems };
}

const nothing: CompiledQuery = { filters: [], texts: [], target: 'session' };

/** A query of the address that cannot be asked for is shown with its faults; no part of it is applied. */
function useCompiled({
  query,
  catalogue,
  zone,
  kind,
}: {
  readonly query: string;
  readonly catalogue: FieldCatalogue;
  readonly zone: string;
  readonly kind: ListKind;
}): { query: CompiledQuery; problems: readonly Problem[] } {
  return useMemo(() => {
    const { query: said, problems } = compileQuery(query, { catalogue, timeZone: zone });
    const base = said ?? nothing;
    return { query: { ...base, filters: withKind(kind, base.filters) }, problems };
  }, [query, catalogue, zone, kind]);
}
