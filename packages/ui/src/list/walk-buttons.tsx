import { ChevronDown, ChevronUp } from 'lucide-react';
import { useHotkeys } from '../kit/hotkeys.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { optionalParam } from '../state/query-param.ts';
import { goTo } from '../state/use-place.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { listText } from '../text/list.ts';
import { useListWalk } from './list-walk.ts';
import type { WalkStep } from './list-walk.ts';

interface WalkButtonsProps {
  /** Name of the project. */
  readonly project: string;
  readonly session: string;
}

/** Previous and next of the list that the session was opened from. Back still leads to the list. */
export function WalkButtons({ project, session }: WalkButtonsProps) {
  const [event] = useQueryState('e', optionalParam);
  const { previous, next, position } = useListWalk(project, { session, event });
  const go = (step: WalkStep | null) => {
    if (step) goTo(step.to, { query: step.query, replace: true });
  };
  useHotkeys(listText.keys.title, [
    { keys: 'Shift+K', label: listText.previous, run: () => go(previous) },
    { keys: 'Shift+J', label: listText.next, run: () => go(next) },
  ]);
  if (position === null) return null;
  return (
    <>
      <IconButton
        label={listText.previous}
        hotkey="⇧K"
        icon={<ChevronUp />}
        disabled={previous === null}
        onClick={() => go(previous)}
      />
      <IconButton
        label={listText.next}
        hotkey="⇧J"
        icon={<ChevronDown />}
        disabled={next === null}
        onClick={() => go(next)}
      />
    </>
  );
}
