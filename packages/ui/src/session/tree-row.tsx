import { memo } from 'react';
import { formatCost } from '../format/cost.ts';
import { formatDuration } from '../format/duration.ts';
import { formatCompact } from '../format/number.ts';
import { isLeaf } from './open-rows.ts';
import { toPlaceSpan } from './place-span.ts';
import { at } from '../trace/session-tree.ts';
import { TreeLaneCell, type TreeLaneCellProps } from './tree-lane-cell.tsx';
import { TreeNameCell } from './tree-name-cell.tsx';
import styles from './treegrid.module.css';

export interface TreeRowProps extends TreeLaneCellProps {
  readonly row: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** Whether find has a hit in it. */
  readonly isHit: boolean;
}

/** The id of a row's element, for `aria-activedescendant`. */
export const rowId = (place: number): string => `event-row-${place}`;

/** One event, or one folded row: its name on the left, its time on the right. */
export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { tree, place, row, rowHeight, isOpen, isSelected, isHit } = props;
  const { axis, zoom, spanMs } = props;
  return (
    <div
      role="row"
      id={rowId(place)}
      className={styles.row}
      data-place={place}
      data-hit={isHit || undefined}
      aria-level={at(tree.depth, place) + 1}
      aria-posinset={at(tree.position, place)}
      aria-setsize={at(tree.siblingCount, place)}
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      aria-expanded={isLeaf(tree, place) ? undefined : isOpen}
      style={{ transform: `translateY(${row * rowHeight}px)`, blockSize: rowHeight }}
    >
      <TreeNameCell tree={tree} place={place} isOpen={isOpen} />
      <NumberCells tree={tree} place={place} spanMs={spanMs} />
      <TreeLaneCell tree={tree} place={place} axis={axis} zoom={zoom} spanMs={spanMs} />
    </div>
  );
});

function NumberCells({ tree, place, spanMs }: Pick<TreeRowProps, 'tree' | 'place' | 'spanMs'>) {
  const { from, to, isOpen } = toPlaceSpan(tree, place, spanMs);
  const tokens = at(tree.tokens, place);
  const cost = at(tree.cost, place);
  return (
    <>
      <div role="gridcell" className={styles.number}>
        {isOpen ? '…' : formatDuration(to - from)}
      </div>
      <div role="gridcell" className={styles.tokens}>
        {tokens >= 0 && formatCompact(tokens)}
      </div>
      <div role="gridcell" className={styles.cost}>
        {cost >= 0 && formatCost(cost)}
      </div>
    </>
  );
}
