import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { classNames } from '../../kit/class-names.ts';
import type { JsonDocument } from '../json/json-document.ts';
import type { JsonPath } from '../json/json-path.ts';
import { MarkedText } from '../text/marked-text.tsx';
import { headOf } from '../text/chunks.ts';
import { toRowValue } from './json-row.ts';
import styles from './json-tree.module.css';
import { RowActions } from './row-actions.tsx';
import type { TreeAction } from './tree-state.ts';

export interface TreeRowProps {
  readonly id: string;
  readonly document: JsonDocument;
  readonly index: number;
  /** Distance from the top of the tree, px. */
  readonly top: number;
  readonly isOpen: boolean;
  readonly isActive: boolean;
  /** Whether it offers what can be done with it: with the focus or the pointer on it. */
  readonly hasActions: boolean;
  /** Whether the search found it. */
  readonly isHit: boolean;
  readonly basePath: JsonPath;
  readonly dispatch: (action: TreeAction) => void;
  readonly onOpenString: (index: number) => void;
}

/** Longer keys are cut. */
const longestKey = 120;

function keyOf(document: JsonDocument, index: number): string | null {
  if (document.parentOf(index) < 0) return null;
  const key = document.keyOf(index);
  return key === null ? String(document.positionOf(index)) : headOf(key, longestKey);
}

/** The number of siblings, including this value. */
const siblingCount = (document: JsonDocument, index: number): number =>
  document.parentOf(index) < 0 ? 1 : document.countOf(document.parentOf(index));

/** However deep: there is room left for the value. */
const indentOf = (depth: number): string => `min(${Math.max(0, depth - 1) * 14}px, 45%)`;

export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { id, document, index, top, isOpen, isActive, isHit, hasActions } = props;
  const key = keyOf(document, index);
  const value = toRowValue(document, index, isOpen);
  const canOpen = document.countOf(index) > 0;
  return (
    <div
      id={id}
      role="treeitem"
      data-index={index}
      aria-level={Math.max(1, document.depthOf(index))}
      aria-setsize={siblingCount(document, index)}
      aria-posinset={document.positionOf(index) + 1}
      aria-expanded={canOpen ? isOpen : undefined}
      aria-selected={isActive}
      className={classNames(styles.row, isHit && styles.hit)}
      style={{ insetBlockStart: top, paddingInlineStart: indentOf(document.depthOf(index)) }}
    >
      {canOpen ? (
        <ChevronRight className={styles.chevron} aria-hidden />
      ) : (
        <span className={styles.chevron} />
      )}
      {key !== null && (
        <span className={styles.key}>
          <MarkedText text={key} />
        </span>
      )}
      <span className={classNames(styles.value, styles[value.look])}>
        <MarkedText text={value.text} />
        {value.isCut && value.look === 'string' && '…'}
      </span>
      {hasActions && <RowActions {...props} value={value} />}
    </div>
  );
});
