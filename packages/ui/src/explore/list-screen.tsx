import { SlidersHorizontal } from 'lucide-react';
import { Suspense, lazy, useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { RangePicker } from '../kit/range-picker.tsx';
import { Screen } from '../kit/screen.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { QueryBar } from '../query/query-bar.tsx';
import { listText } from '../text/list.ts';
import { queryText } from '../text/query.ts';
import type { ListKind } from '../list/column.ts';
import { KindTabs } from './kind-tabs.tsx';
import { DifferencesPanel, FacetPanel, GroupTable, VolumeHistogram } from './lazy-extras.ts';
import styles from './list-screen.module.css';
import { ListTools } from './list-tools.tsx';
import { markRange } from '../list/mark-range.ts';
import { RowList } from '../list/row-list.tsx';
import { ScopeChip } from './scope-chip.tsx';
import { SummaryLine } from './summary-line.tsx';
import { useListModes } from './use-list-modes.ts';
import type { ListModes } from './use-list-modes.ts';
import { useListRows } from '../list/use-list-rows.ts';
import type { ListRows } from '../list/use-list-rows.ts';
import { useListState } from '../list/use-list-state.ts';
import type { ListState } from '../list/use-list-state.ts';

const LiveList = lazy(async () => ({ default: (await import('./live-list.tsx')).LiveList }));

/** A list of a project with all that narrows it down. */
export function ListScreen({ kind }: { readonly kind: ListKind }) {
  const list = useListState(kind, { areRowsFirst: true });
  const modes = useListModes();
  const isRows = modes.groupPath === null && !modes.isLive;
  const rows = useListRows(list, isRows && list.problems.length === 0);
  const queryInput = useRef<HTMLInputElement>(null);
  const firstRows = isRows ? rows : null;
  const hasRest = useRest(list, firstRows);
  const { comparison, setComparison } = modes;
  return (
    <Screen
      title={kind === 'sessions' ? listText.sessions : listText.events}
      isTitleHidden
      bar={<KindTabs project={list.project.name} current={kind} />}
      actions={<RangePicker />}
    >
      <div className={styles.screen}>
        <QueryRow list={list} queryInput={queryInput} />
        <div className={styles.summary}>
          <SummaryLine list={list} total={rows.total} isCounted={isRows} />
          <div className={styles.tools}>{hasRest && <ListTools list={list} modes={modes} />}</div>
        </div>
        {!modes.isLive && <Volume list={list} modes={modes} rows={firstRows} />}
        <div className={styles.body}>
          <Suspense>{hasRest && <Facets list={list} />}</Suspense>
          <Suspense fallback={<Skeleton rows={16} />}>
            <Rows list={list} modes={modes} rows={rows} queryInput={queryInput} />
          </Suspense>
          <Suspense>
            {comparison !== null && (
              <DifferencesPanel list={list} comparison={comparison} onChange={setComparison} />
            )}
          </Suspense>
        </div>
      </div>
    </Screen>
  );
}

/** Whether it is time for what is around the rows: with what it asks, it would be in the way of the first of them. */
function useRest({ setAnswered }: ListState, rows: ListRows | null): boolean {
  const hasRest = rows?.isLoading !== true;
  useEffect(() => {
    if (hasRest) setAnswered(true);
  }, [hasRest, setAnswered]);
  return hasRest;
}

/** Rows over time, and room for them until it is time to ask. */
function Volume({
  list,
  modes: { comparison, setComparison },
  rows,
}: {
  readonly list: ListState;
  readonly modes: ListModes;
  /** The content above the list; null: nothing. */
  readonly rows: ListRows | null;
}) {
  const room = <div className={styles.histogram} />;
  if (rows?.isLoading) return room;
  return (
    <Suspense fallback={room}>
      <VolumeHistogram
        list={list}
        isTime={!rows?.isStale}
        total={rows?.total ?? null}
        // While rows are compared, a drag selects them; otherwise it selects the range.
        onMark={(interval) =>
          comparison === null ? markRange(list, interval) : setComparison(interval)
        }
      />
    </Suspense>
  );
}

interface PartProps {
  readonly list: ListState;
  readonly queryInput: RefObject<HTMLInputElement | null>;
}

function QueryRow({ list, queryInput }: PartProps) {
  const { hasFacets, setFacets } = list;
  return (
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
          before={list.kind === 'sessions' && <ScopeChip list={list} />}
        />
      </div>
    </div>
  );
}

function Facets({ list }: Pick<PartProps, 'list'>) {
  if (!list.hasFacets) return null;
  return (
    <FacetPanel
      query={list.query}
      about={list.about}
      filters={list.compiled.filters}
      onApply={list.apply}
      onClose={() => list.setFacets(false, 'replace')}
    />
  );
}

function Rows({
  list,
  modes: { groupPath, isLive },
  rows,
  queryInput,
}: PartProps & { readonly modes: ListModes; readonly rows: ListRows }) {
  if (isLive) return <LiveList list={list} queryInput={queryInput} />;
  if (groupPath !== null) return <GroupTable list={list} path={groupPath} />;
  return <RowList list={list} rows={rows} queryInput={queryInput} />;
}
