import { useEffect, useId, useReducer, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import { JsonKind, type JsonDocument } from '../json/json-document.ts';
import { rowOf } from '../json/json-outline.ts';
import type { JsonPath } from '../json/json-path.ts';
import { payloadText } from '../../text/payload.ts';
import styles from './json-tree.module.css';
import { StringDialog } from './string-dialog.tsx';
import { decideTreeStep } from './tree-keys.ts';
import { TreeRow } from './tree-row.tsx';
import { changeTree, startTree, type TreeAction, type TreeState } from './tree-state.ts';
import { TreeTools } from './tree-tools.tsx';
import { useRowWindow } from './use-row-window.ts';

export interface JsonTreeProps {
  readonly document: JsonDocument;
  /** What the tree shows, for screen readers. */
  readonly label?: string;
  /** Where the root is in its event, for paths that are copied or filtered by. */
  readonly basePath?: JsonPath;
  /** About how many rows are open at first. Default 100. */
  readonly openRows?: number;
  /** Search, and buttons that open and close all. Default: for more than a dozen values. */
  readonly hasTools?: boolean;
}

const isCoarse = window.matchMedia('(pointer: coarse)').matches;
const rowHeight = isCoarse ? 40 : 24;
const rowsPerPage = 20;
const none: JsonPath = [];

/**
 * A JSON document as a tree, of any size: only the rows that are seen are in the page. Arrow keys move, open and close;
 * with shift, all that is within.
 */
export function JsonTree({
  document,
  label = payloadText.tree,
  basePath = none,
  openRows = 100,
  hasTools = document.size > 12,
}: JsonTreeProps) {
  const [state, dispatch] = useReducer(changeTree, null, () => startTree(document, openRows));
  if (state.given !== document) dispatch({ kind: 'show', document, openRows });
  const [opened, setOpened] = useState<number | null>(null);
  const [hits, setHits] = useState<ReadonlySet<number>>(new Set());
  return (
    <div className={styles.frame}>
      {hasTools && <TreeTools state={state} dispatch={dispatch} onHits={setHits} />}
      <Rows
        state={state}
        dispatch={dispatch}
        label={label}
        basePath={basePath}
        hits={hits}
        onOpenString={setOpened}
      />
      {opened !== null && (
        <StringDialog
          text={state.document.stringOf(opened)}
          title={state.document.keyOf(opened) ?? payloadText.string}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  );
}

/** Whether the focus is still with a tree: in it, or in a menu that one of its rows opened. */
const isOwnFocus = (tree: HTMLElement | null, target: Element | null): boolean =>
  target !== null && (tree?.contains(target) === true || target.closest('[role=menu]') !== null);

/** The value whose row an element is in; -1 for none. */
function indexUnder(target: EventTarget): number {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset['index']) : -1;
}

interface RowsProps {
  readonly state: TreeState;
  readonly dispatch: (action: TreeAction) => void;
  readonly label: string;
  readonly basePath: JsonPath;
  readonly hits: ReadonlySet<number>;
  readonly onOpenString: (index: number) => void;
}

function Rows({ state, dispatch, label, basePath, hits, onOpenString }: RowsProps) {
  const id = useId();
  const tree = useRef<HTMLDivElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const { document, open, rows, active } = state;
  const { first, end } = useRowWindow(tree, rows.length, rowHeight);
  const row = rowOf(rows, active);
  // The row that the pointer was on last: a menu that it opened shall not close because the pointer goes into the menu.
  const [pointed, setPointed] = useState(-1);
  const [hasFocus, setFocus] = useState(false);
  const moved = useRef(active);
  useEffect(() => {
    // Not at first: what is only being looked at stays where it is.
    if (moved.current !== active) cursor.current?.scrollIntoView({ block: 'nearest' });
    moved.current = active;
  }, [active]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const opensString = event.key === 'Enter' && document.kindOf(active) === JsonKind.string;
    const step = decideTreeStep({ document, open, rows, row, pageRows: rowsPerPage }, event);
    if (step === null && !opensString) return;
    event.preventDefault();
    // The list around the panel moves with the same keys.
    event.stopPropagation();
    if (opensString) onOpenString(active);
    else if (step) dispatch({ kind: 'step', step });
  };
  const onPointerOver = ({ target }: PointerEvent) => {
    const index = indexUnder(target);
    if (index >= 0) setPointed(index);
  };
  const onClick = ({ target }: MouseEvent) => {
    // A click that selects text is not a click on the row; buttons handle their own clicks.
    if (window.getSelection()?.isCollapsed === false || !(target instanceof Element)) return;
    const index = target.closest('button') ? -1 : indexUnder(target);
    if (index < 0) return;
    const kind = open[index] === 1 ? 'close' : 'open';
    if (document.countOf(index) === 0) dispatch({ kind: 'focus', index });
    else dispatch({ kind: 'step', step: { kind, index, isDeep: false } });
  };
  return (
    <div
      ref={tree}
      role="tree"
      aria-label={label}
      aria-activedescendant={row >= first && row < end ? `${id}-${active}` : undefined}
      tabIndex={0}
      className={styles.tree}
      style={{ blockSize: rows.length * rowHeight }}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerOver={onPointerOver}
      onFocus={() => setFocus(true)}
      onBlur={({ relatedTarget }) => setFocus(isOwnFocus(tree.current, relatedTarget))}
    >
      <div
        ref={cursor}
        className={styles.cursor}
        style={{ insetBlockStart: row * rowHeight, blockSize: rowHeight }}
      />
      {[...rows.subarray(first, end)].map((index, at) => (
        <TreeRow
          key={index}
          id={`${id}-${index}`}
          document={document}
          index={index}
          top={(first + at) * rowHeight}
          isOpen={open[index] === 1}
          isActive={index === active}
          isHit={hits.has(index)}
          hasActions={index === pointed || (hasFocus && index === active)}
          basePath={basePath}
          dispatch={dispatch}
          onOpenString={onOpenString}
        />
      ))}
    </div>
  );
}
