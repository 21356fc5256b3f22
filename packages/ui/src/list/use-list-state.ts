import type { ExploreScope } from 'honeyhive-wire';
import { useMemo } from 'react';
import { useProject } from '../api/project.tsx';
import { compileQuery } from '../query/compile-query.ts';
import type { CompiledQuery } from '../query/compile-query.ts';
import type { FieldCatalogue } from '../query/field-catalogue.ts';
import { addCondition } from '../query/query-edit.ts';
import type { Condition, Problem } from '../query/query.ts';
import { useCatalogue } from '../query/use-catalogue.ts';
import {
  choiceParam,
  flagParam,
  listParam,
  optionalParam,
  textParam,
} from '../state/query-param.ts';
import { resolveTimeRange } from '../state/time-range.ts';
import { useTimeZone } from '../state/time-zone.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { useTimeRange } from '../state/use-time-range.ts';
import { defaultColumns, toColumns } from './column.ts';
import type { ListKind } from './column.ts';
import { useListMoment } from './list-moment.ts';
import { sortParam } from './list-sort.ts';

const queryParam = textParam();
const scopeParam = choiceParam(['auto', 'session', 'any_event']);

/** What the address says of a list, and what follows from it. */
export function useListState(kind: ListKind) {
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
  const scope: ExploreScope = kind === 'sessions' ? 'sessions' : 'events';
  const about = useMemo(
    () => ({ project: project.id, scope, interval }),
    [project.id, scope, interval],
  );
  const catalogue = useCatalogue(about);
  const compiled = useCompiled({ query, catalogue, zone, kind });
  const columns = useMemo(
    () => toColumns(columnIds ?? defaultColumns[kind], kind),
    [columnIds, kind],
  );
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
    compiled: compiled.query,
    problems: compiled.problems,
  };
}

export type ListState = ReturnType<typeof useListState>;

const nothing: CompiledQuery = { filters: [], texts: [], target: 'session' };

const onlyModels = { field: 'event_type', operator: 'is', value: 'model', type: 'string' } as const;

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
    const filters = kind === 'models' ? [...base.filters, onlyModels] : base.filters;
    return { query: { ...base, filters }, problems };
  }, [query, catalogue, zone, kind]);
}
