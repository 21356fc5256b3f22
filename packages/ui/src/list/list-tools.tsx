import { Suspense } from 'react';
import { ColumnChooser, GroupMenu, ViewMenu } from './lazy-extras.ts';
import type { ListModes } from './use-list-modes.ts';
import type { ListState } from './use-list-state.ts';

interface ListToolsProps {
  readonly list: ListState;
  readonly modes: ListModes;
}

/** Other ways to look at the rows of a list. */
export function ListTools({ list, modes }: ListToolsProps) {
  const { groupPath, setGroupPath } = modes;
  return (
    <Suspense>
      <GroupMenu list={list} path={groupPath} onChange={setGroupPath} />
      <ViewMenu list={list} />
      <ColumnChooser list={list} />
    </Suspense>
  );
}
