import { Splitter } from '../kit/splitter.tsx';
import { createPreference, usePreference } from '../state/preference.ts';
import { listText } from '../text/list.ts';
import styles from './peek-pane.module.css';
import { PeekPanel, PeekPreviews } from './peek-panel.tsx';
import type { RowActions } from './table-row.tsx';
import type { ActiveRow } from './use-active-row.ts';
import type { ListRows } from './use-list-rows.ts';
import type { ListState } from './use-list-state.ts';

/** Share of the list that stays in view, percent. */
const splitPreference = createPreference<number>('peek-split', {
  parse: (text) => Math.min(75, Math.max(20, Number(text ?? Number.NaN) || 50)),
  print: String,
});

interface PeekPaneProps {
  readonly list: ListState;
  readonly rows: ListRows;
  readonly focus: ActiveRow;
  readonly actions: RowActions;
  readonly onMove: (step: number) => void;
}

/** The preview lies over the list: it moves nothing and hides only what is under it. */
export function PeekPane({ list, rows, focus, actions, onMove }: PeekPaneProps) {
  const [split, setSplit] = usePreference(splitPreference);
  const { active, index } = focus;
  if (!active) return null;
  return (
    <div className={styles.over}>
      <span style={{ inlineSize: `${split}%` }} className={styles.rest} />
      <Splitter label={listText.peekWidth} value={split} min={20} max={75} onChange={setSplit} />
      <div className={styles.pane}>
        <PeekPanel
          row={active}
          project={list.project.name}
          zone={list.zone}
          actions={actions}
          onPrevious={index > 0 ? () => onMove(-1) : null}
          onNext={index < rows.rows.length - 1 || rows.hasMore ? () => onMove(1) : null}
          onClose={() => list.setPeek(null)}
        >
          <PeekPreviews row={active} />
        </PeekPanel>
      </div>
    </div>
  );
}
