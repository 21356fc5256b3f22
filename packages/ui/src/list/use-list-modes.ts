import { optionalParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';

/** Other ways to look at a list, each in the address: grouped. */
export function useListModes() {
  const [groupPath, setGroupPath] = useQueryState('g', optionalParam);
  return { groupPath, setGroupPath };
}

export type ListModes = ReturnType<typeof useListModes>;
