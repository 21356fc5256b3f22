import { choiceParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { ListScreen } from './list-screen.tsx';

const kindParam = choiceParam(['events', 'models']);

export function EventsScreen() {
  const [kind] = useQueryState('k', kindParam);
  return <ListScreen key={kind} kind={kind} />;
}
