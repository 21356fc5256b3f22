import { SlidersHorizontal } from 'lucide-react';
import { Suspense, useRef } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { RangePicker } from '../kit/range-picker.tsx';
import { Screen } from '../kit/screen.tsx';
import { QueryBar } from '../query/query-bar.tsx';
import { listText } from '../text/list.ts';
import { queryText } from '../text/query.ts';
import type { ListKind } from './column.ts';
import { KindTabs } from './kind-tabs.tsx';
import { ColumnChooser, FacetPanel, ViewMenu, VolumeHistogram } from './lazy-extras.ts';
import styles from './list-screen.module.css';
import { markRange } from './mark-range.ts';
import { RowList } from './row-list.tsx';
import { ScopeChip } from './scope-chip.tsx';
import { SummaryLine } from './summary-line.tsx';
import { useListRows } from './use-list-rows.ts';
import { useListState } from './use-list-state.ts';

/** A list of a project with all that narrows it down. */
export function ListScreen({ kind }: { readonly kind: ListKind }) {
  const list = useListState(kind);
  const rows = useListRows(list, list.problems.length === 0);
  const queryInput = useRef<HTMLInputElement>(null);
  const { hasFacets, setFacets } = list;
  return (
    <Screen
      title={kind === 'sessions' ? listText.sessions : listText.events}
      isTitleHidden
      bar={<KindTabs project={list.project.name} current={kind} />}
      actions={<RangePicker />}
    >
      <div className={styles.screen}>
        <div className={styles.query}>
          <IconButton
            label={queryText.facets}
            hotkey="F"
            icon={<SlidersHorizontal />}
            aria-pressed={hasFacets}
            onClick={() => setFacets(!hasFacets, 'replace')}
          />
          <div className={styles.bar}>
            <QueryBar
              query={list.query}
              catalogue={list.catalogue}
              about={list.about}
              timeZone={list.zone}
              onApply={list.apply}
              inputRef={queryInput}
              before={kind === 'sessions' && <ScopeChip list={list} />}
            />
          </div>
        </div>
        <div className={styles.summary}>
          <SummaryLine list={list} total={rows.total} />
          <div className={styles.tools}>
            <Suspense>
              <ViewMenu list={list} />
              <ColumnChooser list={list} />
            </Suspense>
          </div>
        </div>
        <Suspense fallback={<div className={styles.histogram} />}>
          <VolumeHistogram list={list} onMark={(interval) => markRange(list, interval)} />
        </Suspense>
        <div className={styles.body}>
          {hasFacets && (
            <Suspense>
              <FacetPanel
                query={list.query}
                about={list.about}
                filters={list.compiled.filters}
                onApply={list.apply}
              />
            </Suspense>
          )}
          <RowList key={kind} list={list} rows={rows} queryInput={queryInput} />
        </div>
      </div>
    </Screen>
  );
}
