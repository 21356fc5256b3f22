import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatRowTime } from '../list/row-time.ts';
import { useShownTheme } from '../state/theme.ts';
import type { Interval } from '../state/time-range.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartUnit } from './chart-spec.ts';
import { formatMark } from './format-value.ts';
import styles from './charts.module.css';

export interface PlotProps {
  readonly data: ChartData;
  readonly unit: ChartUnit;
  readonly timeZone: string;
  /** Of the lines, names of CSS properties. */
  readonly colours: readonly string[];
  /** Lines that are not drawn. */
  readonly hidden: ReadonlySet<string>;
  /** Bucket that is read by keyboard; null for none. */
  readonly reading: number | null;
  /** The pointer is at a bucket; null when it has left. */
  readonly onRead: (bucket: number | null) => void;
  readonly onPick: (bucket: number) => void;
  /** A time was marked by dragging. */
  readonly onMark: (interval: Interval) => void;
}

const height = 180;

/** The canvas of a chart, with a text alternative beside it. */
export function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  const theme = useShownTheme();
  const { data, unit, timeZone, colours, hidden, reading } = props;
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (box.current === null) return;
    const target = box.current;
    const shown = { data, unit, timeZone, colours, hidden };
    const made = new uPlot(toOptions(shown, target, latest), toColumns(data), target);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: target.clientWidth, height }));
    observer.observe(target);
    return () => {
      observer.disconnect();
      made.destroy();
    };
    // Colours are those of the theme.
  }, [data, unit, timeZone, colours, hidden, theme]);
  useEffect(() => {
    const start = reading === null ? undefined : data.starts[reading];
    if (plot.current === null || start === undefined) return;
    plot.current.setCursor({ left: plot.current.valToPos(start, 'x'), top: 20 });
  }, [reading, data]);
  return <div ref={box} className={styles.plot} aria-hidden />;
}

const toColumns = ({ starts, lines }: ChartData): uPlot.AlignedData => [
  [...starts],
  ...lines.map(({ values }) => [...values]),
];

type Shown = Pick<PlotProps, 'data' | 'unit' | 'timeZone' | 'colours' | 'hidden'>;

function toOptions(
  shown: Shown,
  target: HTMLElement,
  latest: { readonly current: PlotProps },
): uPlot.Options {
  const colourOf = (property: string) =>
    getComputedStyle(target).getPropertyValue(property).trim() || 'gray';
  const font = `11px ${colourOf('--font-ui')}`;
  const axis = {
    stroke: colourOf('--text-3'),
    font,
    grid: { stroke: colourOf('--border'), width: 1 },
    ticks: { show: false },
  };
  const { data, unit, timeZone } = shown;
  return {
    width: target.clientWidth,
    height,
    ms: 1,
    tzDate: (at) => uPlot.tzDate(new Date(at), timeZone),
    legend: { show: false },
    cursor: {
      sync: { key: 'charts' },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
    },
    scales: { x: { time: true, range: [data.starts[0] ?? 0, data.end] }, y: { range: toRange } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 90,
        size: 28,
        values: (_plot, marks) => marks.map(toTimeMark(timeZone)),
      },
      {
        ...axis,
        size: 58,
        values: (_plot, marks) => marks.map((mark) => formatMark(unit, mark)),
      },
    ],
    series: [{}, ...toSeries(shown, colourOf)],
    hooks: {
      draw: [(plot) => dimUnfinished(plot, data, colourOf('--surface-2'))],
      setCursor: [(plot) => latest.current.onRead(plot.cursor.idx ?? null)],
      setSelect: [(plot) => tellMark(plot, latest.current)],
      ready: [(plot) => listenForPicks(plot, latest)],
    },
  };
}

const toSeries = ({ data, colours, hidden }: Shown, colourOf: (property: string) => string) =>
  data.lines.map(({ name, values }, index): uPlot.Series => ({
    label: name,
    show: !hidden.has(name),
    stroke: colourOf(colours[index] ?? '--text-2'),
    width: 1.5,
    spanGaps: false,
    // A value between two gaps would be a line of no length.
    points: { show: values.filter((value) => value !== null).length < 20, size: 6 },
  }));

/** Midnight as the day, other times as the clock shows them. */
const toTimeMark =
  (timeZone: string) =>
  (at: number): string => {
    const time = formatRowTime(at, timeZone);
    return time.slice(7, 12) === '00:00' ? time.slice(0, 6) : time.slice(7, 12);
  };

/** From zero: a line that begins at its lowest value makes every change look large. */
const toRange = (_plot: uPlot, _min: number | null, max: number | null): uPlot.Range.MinMax => [
  0,
  max === null || max <= 0 ? 1 : max * 1.08,
];

/** The last bucket is not over yet: what it shows will grow. */
function dimUnfinished(plot: uPlot, data: ChartData, colour: string): void {
  const last = data.starts.at(-1);
  if (last === undefined || data.end <= Date.now()) return;
  const left = plot.valToPos(last, 'x', true);
  const { top, height: tall, left: from, width } = plot.bbox;
  plot.ctx.save();
  plot.ctx.globalCompositeOperation = 'destination-over';
  plot.ctx.fillStyle = colour;
  plot.ctx.fillRect(left, top, from + width - left, tall);
  plot.ctx.restore();
}

function tellMark(plot: uPlot, { onMark }: PlotProps): void {
  const { left, width } = plot.select;
  if (width < 4) return;
  onMark({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

function listenForPicks(plot: uPlot, latest: { readonly current: PlotProps }): void {
  let downAt = 0;
  plot.over.addEventListener('pointerdown', (event) => {
    downAt = event.clientX;
  });
  plot.over.addEventListener('click', (event) => {
    const { idx } = plot.cursor;
    if (Math.abs(event.clientX - downAt) < 4 && typeof idx === 'number') latest.current.onPick(idx);
  });
}
