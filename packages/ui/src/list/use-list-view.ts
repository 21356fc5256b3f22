import { flagParam, optionalParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { sortParam } from './list-sort.ts';

/** How a list is shown: its order, the row that is open beside it, and whether facets are. */
export function useListView() {
  const [sort, setSort] = useQueryState('s', sortParam);
  const [peek, setPeek] = useQueryState('peek', optionalParam);
  const [hasFacets, setFacets] = useQueryState('f', flagParam);
  return { sort, setSort, peek, setPeek, hasFacets, setFacets };
}

export type ListView = ReturnType<typeof useListView>;
