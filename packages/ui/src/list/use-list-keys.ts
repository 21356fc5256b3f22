import type { KeyboardEvent, RefObject } from 'react';
import { useHotkeys } from '../kit/hotkeys.ts';
import { goTo } from '../state/use-place.ts';
import { listText } from '../text/list.ts';
import { placeOf } from './row-place.ts';
import type { Row } from './row.ts';
import type { ListSubject } from './use-list-subject.ts';
import type { ListPeriod } from './use-list-period.ts';
import type { ListView } from './use-list-view.ts';

interface ListKeys {
  readonly list: ListSubject & ListPeriod & ListView;
  readonly rowCount: number;
  readonly active: Row | null;
  readonly queryInput: RefObject<HTMLInputElement | null>;
  /** Goes so many rows down, or up when it is negative. */
  readonly onMove: (step: number) => void;
  readonly onPick: (row: Row, isRange: boolean) => void;
  readonly onPeek: (row: Row) => void;
  readonly onClose: () => void;
  readonly onCompare: () => void;
}

/**
 * The keys of a list: letters wherever the focus is, and for the rows themselves those that mean something else to
 * buttons and links.
 *
 * @returns what the rows hear
 */
export function useListKeys(keys: ListKeys): (event: KeyboardEvent) => void {
  const { list, rowCount, active, onMove } = keys;
  const text = listText.keys;
  useHotkeys(text.title, [
    { keys: 'j', label: text.next, run: () => onMove(1) },
    { keys: 'k', label: text.previous, run: () => onMove(-1) },
    { keys: 'Escape', label: text.close, run: keys.onClose, whileTyping: false },
    { keys: 'x', label: text.pick, run: () => active && keys.onPick(active, false) },
    { keys: 'Shift+X', label: text.pickRange, run: () => active && keys.onPick(active, true) },
    { keys: '/', label: text.query, run: () => keys.queryInput.current?.focus() },
    { keys: 'f', label: text.facets, run: () => list.setFacets(!list.hasFacets, 'replace') },
    { keys: 'c', label: text.compare, run: keys.onCompare },
    { keys: 'r', label: text.refresh, run: list.refresh },
  ]);
  const onRows: Readonly<Record<string, () => void>> = {
    ArrowDown: () => onMove(1),
    ArrowUp: () => onMove(-1),
    Home: () => onMove(-rowCount),
    End: () => onMove(rowCount),
    Enter: () => {
      if (!active) return;
      const { to, query } = placeOf(list.project.name, active);
      goTo(to, { query });
    },
    ' ': () => active && keys.onPeek(active),
  };
  return (event) => {
    const run = event.target === event.currentTarget ? onRows[event.key] : undefined;
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    run();
  };
}
