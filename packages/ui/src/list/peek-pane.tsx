import { ArrowUpRight, ChevronDown, ChevronUp, X } from 'lucide-react';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { detailTabs } from '../detail/detail-tab.ts';
import { headOfRow } from '../detail/event-head.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { Splitter } from '../kit/splitter.tsx';
import { toCondition } from '../payload/filter-query.ts';
import type { JsonPath } from '../payload/json/json-path.ts';
import type { FilterPick } from '../payload/value-actions.ts';
import { createPreference, usePreference } from '../state/preference.ts';
import { choiceParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { listText } from '../text/list.ts';
import { hasError } from './cell.tsx';
import styles from './peek-pane.module.css';
import { placeOf } from './row-place.ts';
import type { ActiveRow } from './use-active-row.ts';
import type { ListRows } from './use-list-rows.ts';
import type { ListState } from './use-list-state.ts';

/** Share of the list that stays in view, percent. */
const splitPreference = createPreference<number>('peek-split', {
  parse: (text) => Math.min(75, Math.max(20, Number(text ?? Number.NaN) || 50)),
  print: String,
});

const tabParam = choiceParam(detailTabs);

interface PeekPaneProps {
  readonly list: ListState;
  readonly rows: ListRows;
  readonly focus: ActiveRow;
  readonly onMove: (step: number) => void;
}

/** The preview lies over the list: it moves nothing and hides only what is under it. */
export function PeekPane({ list, rows, focus, onMove }: PeekPaneProps) {
  const [split, setSplit] = usePreference(splitPreference);
  const [tab, setTab] = useQueryState('tab', tabParam);
  const { active, index } = focus;
  if (!active) return null;
  const onFilter = (pick: FilterPick) => {
    list.addCondition(toCondition({ ...pick, path: toFieldPath(pick.path) }));
  };
  const onColumn = (path: JsonPath) => {
    list.setColumnIds([...new Set([...list.columnIds, toFieldPath(path).join('.')])]);
  };
  const isLast = index >= rows.rows.length - 1 && !rows.hasMore;
  return (
    <div className={styles.over}>
      <span style={{ inlineSize: `${split}%` }} className={styles.rest} />
      <Splitter label={listText.peekWidth} value={split} min={20} max={75} onChange={setSplit} />
      <div role="region" aria-label={listText.peek} className={styles.pane}>
        <DetailPanel
          project={list.project.id}
          head={{ ...headOfRow(active), isFailed: hasError(active) }}
          tab={tab}
          onTab={(next) => setTab(next, 'replace')}
          onFilter={onFilter}
          onColumn={onColumn}
          actions={
            <>
              <IconButton
                label={listText.previous}
                hotkey="K"
                icon={<ChevronUp />}
                disabled={index <= 0}
                onClick={() => onMove(-1)}
              />
              <IconButton
                label={listText.next}
                hotkey="J"
                icon={<ChevronDown />}
                disabled={isLast}
                onClick={() => onMove(1)}
              />
              <PlaceLink {...placeOf(list.project.name, active)} look="plain" data-tip-key="Enter">
                {listText.openSession}
                <ArrowUpRight aria-hidden />
              </PlaceLink>
              <IconButton
                label={listText.closePeek}
                hotkey="Esc"
                icon={<X />}
                onClick={() => list.setPeek(null)}
              />
            </>
          }
        />
      </div>
    </div>
  );
}

/** Form fields handle their own keys. */
const toFieldPath = (path: JsonPath): JsonPath =>
  path.filter((segment) => typeof segment === 'string');
