import type { Skeleton } from 'honeyhive-wire';
import { useMemo, useRef } from 'react';
import { Button } from '../kit/button.tsx';
import { useHotkeys } from '../kit/hotkeys.ts';
import { at } from '../trace/session-tree.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { scrolledByKeys } from '../kit/scrolled-by-keys.ts';
import { optionalParam } from '../state/query-param.ts';
import { compareText } from '../text/compare.ts';
import { alignSessions, firstDivergence, type ComparedRow } from './align-sessions.ts';
import styles from './compare.module.css';
import { CompareGrid } from './compare-grid.tsx';
import { CompareTotals } from './compare-totals.tsx';
import { PairDetail } from './pair-detail.tsx';

export interface ComparisonProps {
  readonly project: string;
  readonly before: Skeleton;
  readonly after: Skeleton;
}

/** The aligned steps of two sessions, and what differs in the one that is selected. */
export function Comparison({ project, before, after }: ComparisonProps) {
  const rows = useMemo(() => alignSessions(before, after), [before, after]);
  const [selectedId, setSelectedId] = useQueryState('e', optionalParam);
  const grid = useRef<HTMLDivElement>(null);
  const selected = Math.max(
    0,
    rows.findIndex((row) => idOf(row, before, after) === selectedId),
  );
  const select = (row: number) => {
    const found = rows[Math.min(rows.length - 1, Math.max(0, row))];
    if (found) setSelectedId(idOf(found, before, after), 'replace');
  };
  const divergence = firstDivergence(rows);
  useHotkeys(compareText.keys, [
    { keys: 'j', label: 'Next row', run: () => select(selected + 1) },
    { keys: 'k', label: 'Previous row', run: () => select(selected - 1) },
    {
      keys: 'd',
      label: compareText.divergence,
      run: () => divergence >= 0 && select(divergence),
    },
  ]);
  const row = rows[selected];
  return (
    <div className={styles.comparison}>
      <CompareTotals before={before.session} after={after.session} />
      <div className={styles.panes}>
        <div className={styles.left}>
          <div className={styles.toolbar}>
            {divergence < 0 ? (
              <span>{compareText.none}</span>
            ) : (
              <Button
                look="quiet"
                title={compareText.divergenceHint}
                onClick={() => select(divergence)}
              >
                {compareText.divergence}
              </Button>
            )}
          </div>
          <CompareGrid
            rows={rows}
            before={before}
            after={after}
            selected={selected}
            onSelect={select}
            gridRef={grid}
          />
        </div>
        <div
          role="region"
          aria-label={compareText.detail}
          {...scrolledByKeys}
          className={styles.right}
        >
          {row && (
            <PairDetail
              key={idOf(row, before, after)}
              project={project}
              before={before.ids[row.before] ?? null}
              after={after.ids[row.after] ?? null}
              isModel={isModel(row, before, after)}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/** A row is known by its event in A, or in B where A has none. */
const idOf = (row: ComparedRow, before: Skeleton, after: Skeleton): string =>
  before.ids[row.before] ?? after.ids[row.after] ?? '';

function isModel(row: ComparedRow, before: Skeleton, after: Skeleton): boolean {
  const [columns, event] = row.before >= 0 ? [before, row.before] : [after, row.after];
  return columns.types[at(columns.type, event)] === 'model';
}
