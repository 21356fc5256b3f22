import { flagParam, optionalParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { comparisonParam } from './comparison-param.ts';

/** Other ways to look at a list, each in the address: grouped, compared, live. */
export function useListModes() {
  const [groupPath, setGroupPath] = useQueryState('g', optionalParam);
  const [comparison, setComparison] = useQueryState('d', comparisonParam);
  const [isLive, setLive] = useQueryState('live', flagParam);
  return { groupPath, setGroupPath, comparison, setComparison, isLive, setLive };
}

export type ListModes = ReturnType<typeof useListModes>;
