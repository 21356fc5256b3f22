import type { Hotkey } from '../kit/hotkeys.ts';
import type { TreeMove } from './tree-move.ts';
import type { SessionZoom } from './use-session-zoom.ts';
import type { TreeControl } from './use-tree-state.ts';

/** What the keys of the session view act on. */
export interface SessionActions {
  readonly control: TreeControl;
  readonly zoom: SessionZoom;
  readonly openFind: () => void;
  readonly stepFind: (step: 1 | -1) => void;
  readonly copyLink: () => void;
  readonly goBack: () => void;
}

const moves: readonly (readonly [keys: string, label: string, move: TreeMove])[] = [
  ['j', 'Next row', 'next'],
  ['k', 'Previous row', 'previous'],
  ['h', 'Collapse, then to the parent', 'collapse'],
  ['l', 'Expand, then to the first child', 'expand'],
  ['[', 'Collapse all', 'collapse-all'],
  [']', 'Expand all', 'expand-all'],
  ['.', 'Next event of the same name', 'next-same-name'],
  [',', 'Previous event of the same name', 'previous-same-name'],
  ['e', 'Next error', 'next-error'],
  ['Shift+E', 'Previous error', 'previous-error'],
];

/** The keys of the session view; arrows are the tree's own, when it has the focus. */
export function toSessionKeys(actions: SessionActions): Hotkey[] {
  const { control, zoom } = actions;
  return [
    ...moves.map(([keys, label, move]) => ({ keys, label, run: () => control.move(move) })),
    {
      keys: 'f',
      label: 'Zoom to the event; twice, to all below it',
      run: () => zoom.fit(control.state.selected),
    },
    { keys: '0', label: 'Show the whole session', run: zoom.reset },
    { keys: '+', label: 'Zoom in', run: () => zoom.by(0.5) },
    { keys: 'Shift++', label: '', run: () => zoom.by(0.5) },
    { keys: '=', label: '', run: () => zoom.by(0.5) },
    { keys: '-', label: 'Zoom out', run: () => zoom.by(2) },
    { keys: '/', label: 'Find in session', run: actions.openFind },
    { keys: '$mod+f', label: '', run: actions.openFind },
    { keys: 'n', label: 'Next hit', run: () => actions.stepFind(1) },
    { keys: 'Shift+N', label: 'Previous hit', run: () => actions.stepFind(-1) },
    { keys: 'c', label: 'Copy the link to this view', run: actions.copyLink },
    { keys: 'Escape', label: 'Back', run: actions.goBack },
  ];
}
