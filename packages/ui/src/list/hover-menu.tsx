import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { Column } from './column.ts';
import { valueOf } from './row-value.ts';
import type { Row } from './row.ts';
import { ValueMenu } from './value-menu.tsx';
import type { ValueActions } from './value-menu.tsx';

interface HoverMenuProps {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly actions: ValueActions;
}

/** The cell under the pointer. */
interface HoveredCell {
  readonly rowId: string;
  readonly columnId: string;
  /** Place of its end in the frame of the list, px. */
  readonly top: number;
  readonly end: number;
}

/** One menu of values for all cells: the cell under the pointer has it. */
export function HoverMenu({ scroller, rows, columns, actions }: HoverMenuProps) {
  const [cell, setCell] = useState<HoveredCell | null>(null);
  useEffect(() => {
    const element = scroller.current;
    const frame = element?.parentElement;
    return element && frame ? listenForCells({ scroller: element, frame, setCell }) : undefined;
  }, [scroller]);
  const row = cell && rows.find(({ event_id }) => event_id === cell.rowId);
  const column = cell && columns.find(({ id }) => id === cell.columnId);
  const value = row && column ? valueOf(row, column) : null;
  if (!cell || !column?.path || value === null) return null;
  return (
    <ValueMenu
      key={`${cell.rowId} ${cell.columnId}`}
      path={column.path}
      value={value}
      actions={actions}
      place={{ insetBlockStart: cell.top, insetInlineStart: cell.end }}
    />
  );
}

function listenForCells({
  scroller,
  frame,
  setCell,
}: {
  readonly scroller: HTMLElement;
  readonly frame: HTMLElement;
  readonly setCell: (change: (before: HoveredCell | null) => HoveredCell | null) => void;
}): () => void {
  const isMenuOpen = () => frame.querySelector('[data-value-menu][aria-expanded="true"]') !== null;
  const controller = new AbortController();
  const options = { passive: true, signal: controller.signal };
  frame.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerType !== 'mouse' || isMenuOpen()) return;
      const next = findCell(event, frame);
      if (next === 'same') return;
      setCell((before) =>
        before?.rowId === next?.rowId && before?.columnId === next?.columnId ? before : next,
      );
    },
    options,
  );
  const leave = () => {
    if (!isMenuOpen()) setCell(() => null);
  };
  frame.addEventListener('pointerleave', leave, options);
  scroller.addEventListener('scroll', () => setCell(() => null), options);
  return () => controller.abort();
}

/** The link of a row lies over its cells, so that the place tells, not the target. */
function findCell(
  { target, clientX }: PointerEvent,
  frame: HTMLElement,
): HoveredCell | null | 'same' {
  if (!(target instanceof Element)) return null;
  if (target.closest('[data-value-menu]')) return 'same';
  const row = target.closest('[data-row]');
  const cells = [...(row?.querySelectorAll<HTMLElement>('[data-column]') ?? [])];
  const cell = cells.find((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left <= clientX && clientX < right;
  });
  const rowId = row?.getAttribute('data-row');
  const columnId = cell?.dataset['column'];
  if (!cell || !rowId || columnId === undefined) return null;
  const outer = frame.getBoundingClientRect();
  const inner = cell.getBoundingClientRect();
  return {
    rowId,
    columnId,
    top: inner.top - outer.top + (inner.height - 24) / 2,
    end: Math.min(inner.right, outer.right) - outer.left - 26,
  };
}
