import { useQueryState } from '../state/use-query-state.ts';
import { kindParam } from '../list/list-params.ts';
import { ListScreen } from './list-screen.tsx';

export function EventsScreen() {
  const [kind] = useQueryState('k', kindParam);
  return <ListScreen key={kind} kind={kind} />;
}
