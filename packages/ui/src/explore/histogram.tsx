import { useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { formatCount } from '../format/number.ts';
import { formatLocal } from '../format/time.ts';
import { InlineError } from '../kit/states.tsx';
import type { Interval } from '../state/time-range.ts';
import { listText } from '../text/list.ts';
import styles from './histogram.module.css';
import { findBar, toBars, toInterval } from './histogram-shape.ts';
import type { Bar } from './histogram-shape.ts';
import { countOf } from '../list/noun.ts';
import { formatClock } from '../list/row-time.ts';
import { toSelection } from '../list/selection-input.ts';
import { useHistogram } from './use-histogram.ts';
import type { RowTotal } from '../list/row.ts';
import type { ListSelection } from '../list/selection-input.ts';
import { useMedia } from '../list/use-viewport.ts';

interface HistogramProps {
  readonly list: ListSelection;
  /** Whether the rows are there: both at once would take twice as long. */
  readonly isTime: boolean;
  /** How many rows there are; null if unknown. */
  readonly total: RowTotal | null;
  /** Gets the time that was marked. */
  readonly onMark: (interval: Interval) => void;
}

/** Rows over time, those with errors at the bottom; a drag marks a time. */
export function VolumeHistogram({ list, isTime, total, onMark }: HistogramProps) {
  const isNarrow = useMedia('(width < 640px)');
  const histogram = useHistogram({
    selection: toSelection(list),
    timezone: list.zone,
    buckets: isNarrow ? 60 : 150,
    isWanted: isTime,
  });
  const { data, error, refetch } = histogram;
  const bars = useMemo(() => (data ? toBars(data.buckets, data.end) : []), [data]);
  if (error && !data) {
    return (
      <InlineError title={listText.histogramFailed} error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <div className={styles.frame} aria-busy={histogram.isPlaceholderData}>
      {data && bars.length > 0 && (
        <Bars bars={bars} end={data.end} list={list} total={total} onMark={onMark} />
      )}
    </div>
  );
}

interface BarsProps extends Omit<HistogramProps, 'isTime'> {
  readonly bars: readonly Bar[];
  /** Epoch milliseconds. */
  readonly end: number;
}

/** Indexes of the bars that are read or marked; the second is where the pointer or the reader is. */
type Mark = readonly [number, number];

function Bars({ bars, end, list, total, onMark }: BarsProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [mark, setMark] = useState<Mark | null>(null);
  const [isDragging, setDragging] = useState(false);
  const at = mark?.[1] ?? -1;
  const title = list.kind === 'sessions' ? nameStarts(bars, total) : listText.histogram;
  const barAt = (event: PointerEvent) => {
    const rect = box.current?.getBoundingClientRect();
    return rect ? findBar(bars, (event.clientX - rect.left) / rect.width) : -1;
  };
  const take = (taken: Mark | null) => {
    const interval = taken && toInterval(bars, taken, end);
    setMark(null);
    if (interval) onMark(interval);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveMark(event, mark, bars.length);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') take(mark);
    else setMark(next);
  };
  return (
    <>
      <div
        ref={box}
        className={styles.bars}
        role="slider"
        tabIndex={0}
        aria-label={`${title}: ${summarise(bars, list)}`}
        aria-describedby={`${id}-help`}
        aria-valuemin={0}
        aria-valuemax={bars.length - 1}
        aria-valuenow={Math.max(0, at)}
        aria-valuetext={describeBar(bars[Math.max(0, at)], list.zone)}
        onKeyDown={onKeyDown}
        onBlur={() => setMark(null)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          setMark([barAt(event), barAt(event)]);
        }}
        onPointerMove={(event) => {
          const bar = barAt(event);
          setMark((before) => (isDragging && before ? [before[0], bar] : [bar, bar]));
        }}
        onPointerUp={(event) => {
          setDragging(false);
          // The last moves may not have been drawn.
          if (isDragging && mark) take([mark[0], barAt(event)]);
        }}
        onPointerCancel={() => {
          setDragging(false);
          setMark(null);
        }}
        onPointerLeave={() => !isDragging && setMark(null)}
      >
        <BarShapes bars={bars} />
        {mark && <Marked bars={bars} mark={mark} />}
      </div>
      <span id={`${id}-help`} hidden>
        {listText.histogramHelp}
      </span>
      <div className={styles.axis} aria-hidden>
        {mark ? (
          <strong>{describeMark(bars, mark, { end, zone: list.zone })}</strong>
        ) : (
          <>
            <span>{formatLocal(bars[0]?.start ?? end, list.zone, 'minutes')}</span>
            {list.kind === 'sessions' && <span className={styles.title}>{title}</span>}
            <span>{formatLocal(end, list.zone, 'minutes')}</span>
          </>
        )}
      </div>
    </>
  );
}

/** Two paths, whatever the number of bars. */
function BarShapes({ bars }: { readonly bars: readonly Bar[] }) {
  const toPath = (pick: (bar: Bar) => readonly [number, number]) =>
    bars
      .map((bar) => {
        const [bottom, height] = pick(bar);
        if (height === 0) return '';
        const gap = Math.min(0.0008, bar.width / 4);
        return `M${bar.x + gap},${1 - bottom}h${bar.width - 2 * gap}v${-height}h${2 * gap - bar.width}z`;
      })
      .join('');
  return (
    <svg className={styles.shapes} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
      <path className={styles.ok} d={toPath((bar) => [bar.errorHeight, bar.okHeight])} />
      <path className={styles.error} d={toPath((bar) => [0, bar.errorHeight])} />
    </svg>
  );
}

function Marked({
  bars,
  mark: [one, other],
}: {
  readonly bars: readonly Bar[];
  readonly mark: Mark;
}) {
  const first = bars[Math.min(one, other)];
  const last = bars[Math.max(one, other)];
  if (!first || !last) return null;
  const start = first.x * 100;
  return (
    <span
      className={styles.marked}
      style={{
        insetInlineStart: `${start}%`,
        inlineSize: `${(last.x + last.width) * 100 - start}%`,
      }}
    />
  );
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, count) => Math.min(count - 1, at + 1),
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** undefined: not a key of the histogram. */
function moveMark(
  { key, shiftKey }: KeyboardEvent,
  mark: Mark | null,
  count: number,
): Mark | null | undefined {
  if (key === 'Escape') return mark === null ? undefined : null;
  if (key === 'Enter') return mark ?? undefined;
  const step = steps[key];
  if (!step) return undefined;
  const next = mark === null ? count - 1 : step(mark[1], count);
  return [shiftKey && mark ? mark[0] : next, next];
}

function describeBar(bar: Bar | undefined, zone: string): string {
  if (!bar) return '';
  const from = formatLocal(bar.start, zone, 'minutes');
  return listText.bucket(from, formatCount(bar.ok), formatCount(bar.error));
}

function describeMark(
  bars: readonly Bar[],
  [one, other]: Mark,
  { end, zone }: { readonly end: number; readonly zone: string },
): string {
  const marked = bars.slice(Math.min(one, other), Math.max(one, other) + 1);
  const [first] = marked;
  if (!first) return '';
  const interval = toInterval(bars, [one, other], end);
  const to = interval ? formatClock(interval.to, zone) : '';
  const sum = (pick: (bar: Bar) => number) =>
    formatCount(marked.reduce((all, bar) => all + pick(bar), 0));
  const from = formatLocal(first.start, zone, 'minutes');
  return listText.bucket(
    `${from}–${to}`,
    sum((bar) => bar.ok),
    sum((bar) => bar.error),
  );
}

/** Bars are of starts: sessions of the list that began outside of the range are in none. */
function nameStarts(bars: readonly Bar[], total: RowTotal | null): string {
  const inBars = bars.reduce((sum, { ok, error }) => sum + ok + error, 0);
  const outside = total?.exact ? total.count - inBars : 0;
  const rest = outside > 0 ? listText.beganOutside(formatCount(outside)) : '';
  return `${listText.histogramOfSessions}${rest}`;
}

function summarise(bars: readonly Bar[], { kind, zone }: ListSelection): string {
  const errors = bars.reduce((sum, bar) => sum + bar.error, 0);
  const total = bars.reduce((sum, bar) => sum + bar.ok, errors);
  const most = bars.reduce<Bar | undefined>(
    (best, bar) => (best && best.ok + best.error >= bar.ok + bar.error ? best : bar),
    undefined,
  );
  const peak =
    most && total > 0
      ? listText.histogramMost(
          formatCount(most.ok + most.error),
          formatLocal(most.start, zone, 'minutes'),
        )
      : '';
  return `${listText.histogramSummary(countOf(kind, total), formatCount(errors))}${peak}`;
}
