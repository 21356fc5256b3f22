import { Pause, Radio } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { formatCount } from '../format/number.ts';
import { EmptyState } from '../kit/states.tsx';
import { useHotkeys } from '../kit/hotkeys.ts';
import { listText } from '../text/list.ts';
import styles from './live-list.module.css';
import { findPauseReason } from './pause-reason.ts';
import type { PauseReason } from './pause-reason.ts';
import { RowList } from '../list/row-list.tsx';
import { tailPath } from './tail-path.ts';
import type { ListRows } from '../list/use-list-rows.ts';
import type { ListState } from '../list/use-list-state.ts';
import { useLiveRows } from './use-live-rows.ts';

interface LiveListProps {
  readonly list: ListState;
  readonly queryInput: RefObject<HTMLInputElement | null>;
}

const nothingToDo = () => undefined;

/** What is stored from now on, newest on top. What somebody reads stays where it is. */
export function LiveList(props: LiveListProps) {
  const path = props.list.problems.length === 0 ? tailPath(props.list) : null;
  // Another query is another list.
  return <Live key={path} {...props} path={path} />;
}

function Live({ list, queryInput, path }: LiveListProps & { readonly path: string | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const [reason, setReason] = useState<PauseReason | null>(null);
  const isRowOpen = list.peek !== null;
  const live = useLiveRows({
    path,
    readTo() {
      const reader = findReader(frame.current, isRowOpen);
      setReason(reader.reason);
      return reader.readTo;
    },
  });
  const { shown, waiting, goOn } = live;
  const resume = () => {
    gridOf(frame.current)?.scrollTo(0, 0);
    document.getSelection()?.removeAllRanges();
    list.setPeek(null);
    goOn();
  };
  useResumption(frame, { isRowOpen, goOn });
  useHotkeys(listText.live, [{ keys: 'Home', label: listText.liveResume, run: resume }]);
  const rows: ListRows = { ...standing, rows: shown };
  return (
    <div ref={frame} className={styles.frame}>
      <LiveStatus live={live} reason={waiting.length > 0 ? reason : null} />
      {waiting.length > 0 && (
        <button type="button" className={styles.pill} onClick={resume}>
          {listText.liveNew(formatCount(waiting.length))} · {listText.liveResume}
        </button>
      )}
      <RowList
        list={list}
        rows={rows}
        queryInput={queryInput}
        isSortable={false}
        empty={<EmptyState title={listText.liveEmpty}>{listText.liveEmptyHint}</EmptyState>}
      />
    </div>
  );
}

/** A list filled by a stream instead of requests. */
const standing: ListRows = {
  rows: [],
  total: null,
  isPending: false,
  isLoading: false,
  isStale: false,
  error: null,
  moreError: null,
  retry: nothingToDo,
  hasMore: false,
  isLoadingMore: false,
  loadMore: nothingToDo,
};

const connectionTexts = {
  connecting: listText.liveConnecting,
  open: listText.liveListening,
  lost: listText.liveLost,
} as const;

function LiveStatus({
  live: { connection, rate, droppedCount },
  reason,
}: {
  readonly live: ReturnType<typeof useLiveRows>;
  readonly reason: PauseReason | null;
}) {
  return (
    <div className={styles.status}>
      <span role="status" className={styles.words}>
        {reason === null ? (
          <>
            <Radio className={styles[connection]} aria-hidden />
            {connectionTexts[connection]}
          </>
        ) : (
          <>
            <Pause aria-hidden />
            {listText.livePaused} {listText.livePausedBecause[reason]}
          </>
        )}
      </span>
      <span>{listText.liveRate(formatCount(rate))}</span>
      {droppedCount > 0 && <span>{listText.liveDropped(formatCount(droppedCount))}</span>}
    </div>
  );
}

const gridOf = (frame: HTMLElement | null): HTMLElement | null =>
  frame?.querySelector<HTMLElement>('[role=grid]') ?? null;

/** What the page shows about the user's activity. */
function findReader(
  frame: HTMLElement | null,
  isRowOpen: boolean,
): { reason: PauseReason | null; readTo: number | null } {
  const grid = gridOf(frame);
  if (!grid) return { reason: null, readTo: null };
  const { scrollTop, clientHeight } = grid;
  const reason = findPauseReason({
    scrollTop,
    isRowOpen,
    isTextSelected: hasSelectedText(grid),
    isTabHidden: document.visibilityState === 'hidden',
  });
  const rowHeight = grid.querySelector('[data-row]')?.getBoundingClientRect().height ?? 1;
  return {
    reason,
    readTo: reason === null ? null : Math.ceil((scrollTop + clientHeight) / rowHeight),
  };
}

function hasSelectedText(element: HTMLElement): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
}

/** Resumes automatically once the user stops reading: scrolled to the top, row closed, nothing selected. */
function useResumption(
  frame: RefObject<HTMLElement | null>,
  { isRowOpen, goOn }: { readonly isRowOpen: boolean; readonly goOn: () => void },
): void {
  useEffect(() => {
    const look = () => {
      if (findReader(frame.current, isRowOpen).reason === null) goOn();
    };
    look();
    const options = { capture: true, passive: true } as const;
    const element = frame.current;
    element?.addEventListener('scroll', look, options);
    document.addEventListener('selectionchange', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      element?.removeEventListener('scroll', look, options);
      document.removeEventListener('selectionchange', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [frame, isRowOpen, goOn]);
}
