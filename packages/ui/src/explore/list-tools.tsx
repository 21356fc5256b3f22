import { Diff, Radio } from 'lucide-react';
import { Suspense } from 'react';
import { Button } from '../kit/button.tsx';
import { listText } from '../text/list.ts';
import { ColumnChooser, GroupMenu, SortMenu, ViewMenu } from './lazy-extras.ts';
import type { ListModes } from './use-list-modes.ts';
import type { ListState } from '../list/use-list-state.ts';

interface ListToolsProps {
  readonly list: ListState;
  readonly modes: ListModes;
}

/** Other ways to look at the rows of a list. */
export function ListTools({ list, modes }: ListToolsProps) {
  const { groupPath, setGroupPath, comparison, setComparison, isLive, setLive } = modes;
  return (
    <Suspense>
      {list.kind !== 'sessions' && (
        <Button
          look="quiet"
          icon={<Radio aria-hidden />}
          aria-pressed={isLive}
          onClick={() => setLive(!isLive)}
        >
          {listText.live}
        </Button>
      )}
      <Button
        look="quiet"
        icon={<Diff aria-hidden />}
        aria-pressed={comparison !== null}
        onClick={() => setComparison(comparison === null ? 'nothing' : null)}
      >
        {listText.differences}
      </Button>
      {list.kind === 'sessions' && groupPath === null && <SortMenu list={list} />}
      <GroupMenu list={list} path={groupPath} onChange={setGroupPath} />
      <ViewMenu list={list} />
      <ColumnChooser list={list} />
    </Suspense>
  );
}
