import uPlot from 'uplot';
import { formatRowTime } from '../list/row-time.ts';
import type { Interval } from '../state/time-range.ts';
import { chartsText } from '../text/charts.ts';
import { toAxisSteps } from './axis-steps.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartUnit } from '../format/chart-value.ts';
import { formatMark } from '../format/chart-value.ts';
import { findSingles, stack, toMiddles } from './plot-columns.ts';

/** What a plot shows. */
export interface Shown {
  readonly data: ChartData;
  readonly unit: ChartUnit;
  /** As bars on top of each other, not as lines. */
  readonly isStacked: boolean;
  readonly timeZone: string;
  /** Of the lines, names of CSS properties. */
  readonly colours: readonly string[];
  /** Lines that are not drawn. */
  readonly hidden: ReadonlySet<string>;
  /** Values that an alert compares the lines with. */
  readonly thresholds: readonly number[];
}

/** What happens on it. */
export interface PlotEvents {
  /** The pointer is at a bucket; null when it has left. */
  readonly onRead: (bucket: number | null) => void;
  readonly onPick: (bucket: number) => void;
  /** A time was marked by dragging. */
  readonly onMark: (interval: Interval) => void;
}

/** Bars are drawn from the whole stack down to its lowest line: each covers what is below its own. */
export const toColumns = ({ data, isStacked, hidden }: Shown): uPlot.AlignedData => [
  toMiddles(data),
  ...(isStacked
    ? stack(data.lines, hidden).toReversed()
    : data.lines.map(({ values }) => [...values])),
  ...(data.before ?? []).map(({ values }) => [...values]),
];

interface Place {
  /** Whose width, font and colours it has. */
  readonly target: HTMLElement;
  readonly latest: { readonly current: PlotEvents };
}

export function toOptions(shown: Shown, { target, latest }: Place): uPlot.Options {
  const colourOf = (property: string) =>
    getComputedStyle(target).getPropertyValue(property).trim() || 'gray';
  const { data, unit, timeZone, isStacked } = shown;
  return {
    width: target.clientWidth,
    height: target.clientHeight,
    ms: 1,
    tzDate: (at) => uPlot.tzDate(new Date(at), timeZone),
    legend: { show: false },
    padding: [8, 16, 0, 0],
    cursor: {
      sync: { key: 'charts' },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6, show: !isStacked },
    },
    scales: {
      x: { time: true, range: [data.starts[0] ?? 0, data.end] },
      y: { range: toRange(shown.thresholds) },
    },
    axes: toAxes({ unit, timeZone, isStacked }, colourOf),
    series: [
      {},
      ...(isStacked ? toBars(shown, colourOf) : toLines(shown, colourOf)),
      ...toLinesBefore(shown, colourOf),
    ],
    hooks: {
      draw: [
        (plot) => dimUnfinished(plot, data, colourOf('--surface-2')),
        (plot) => drawThresholds(plot, shown.thresholds, colourOf('--error')),
      ],
      setCursor: [(plot) => latest.current.onRead(plot.cursor.idx ?? null)],
      setSelect: [(plot) => tellMark(plot, latest.current)],
      ready: [(plot) => listenForPicks(plot, latest)],
    },
  };
}

type ColourOf = (property: string) => string;

function toAxes(
  { unit, timeZone, isStacked }: Pick<Shown, 'unit' | 'timeZone' | 'isStacked'>,
  colourOf: ColourOf,
): uPlot.Axis[] {
  const axis = {
    stroke: colourOf('--text-3'),
    font: `11px ${colourOf('--font-ui')}`,
    ticks: { show: false },
  };
  return [
    {
      ...axis,
      grid: { show: false },
      space: 90,
      size: 28,
      values: (_plot, marks) => marks.map(toTimeMark(timeZone)),
    },
    {
      ...axis,
      grid: { stroke: colourOf('--border'), width: 1 },
      // The same for all charts: one under another, they begin and end at the same places.
      size: 58,
      incrs: toAxisSteps(unit, isStacked && unit === 'count'),
      values: (_plot, marks) => marks.map((mark) => formatMark(unit, mark)),
    },
  ];
}

const toLines = ({ data, colours, hidden }: Shown, colourOf: ColourOf): uPlot.Series[] =>
  data.lines.map(({ name, values }, index) => {
    const colour = colourOf(colours[index] ?? '--text-2');
    return {
      label: name,
      show: !hidden.has(name),
      stroke: colour,
      width: 1.5,
      spanGaps: false,
      points: { show: true, size: 5, fill: colour, filter: () => findSingles(values) },
    };
  });

/** Dashed, in the colour of the line that they are compared with; over a stack, whose whole they are, in grey. */
const toLinesBefore = (
  { data, colours, hidden, isStacked }: Shown,
  colourOf: ColourOf,
): uPlot.Series[] =>
  (data.before ?? []).map(({ name, values }) => {
    const index = data.lines.findIndex((line) => line.name === name);
    return {
      label: chartsText.before(name),
      show: isStacked ? hidden.size === 0 : !hidden.has(name),
      stroke: colourOf(isStacked ? '--text-2' : (colours[index] ?? '--text-2')),
      width: 1,
      dash: [4, 3],
      spanGaps: false,
      points: { show: !isStacked, size: 5, filter: () => findSingles(values) },
    };
  });

/** Of the width of a bucket; at most so many pixels. */
const barSize: [number, number] = [0.86, 48];

const toBars = ({ data, colours, hidden }: Shown, colourOf: ColourOf): uPlot.Series[] =>
  data.lines
    .map(({ name }, index): uPlot.Series => {
      const colour = colourOf(colours[index] ?? '--text-2');
      return {
        label: name,
        show: !hidden.has(name),
        fill: colour,
        width: 0,
        points: { show: false },
        ...(bars && { paths: bars }),
      };
    })
    .toReversed();

const bars = uPlot.paths.bars?.({ size: barSize });

/** Midnight as the day, other times as the clock shows them. */
const toTimeMark =
  (timeZone: string) =>
  (at: number): string => {
    const time = formatRowTime(at, timeZone);
    return time.slice(7, 12) === '00:00' ? time.slice(0, 6) : time.slice(7, 12);
  };

/** From zero: a line that begins at its lowest value makes every change look large. */
const toRange =
  (thresholds: readonly number[]) =>
  (_plot: uPlot, _min: number | null, max: number | null): uPlot.Range.MinMax => {
    const highest = Math.max(max ?? 0, ...thresholds);
    return [0, highest <= 0 ? 1 : highest * 1.08];
  };

/** Over everything else, across the whole plot. */
function drawThresholds(plot: uPlot, thresholds: readonly number[], colour: string): void {
  const { left, width } = plot.bbox;
  plot.ctx.save();
  plot.ctx.strokeStyle = colour;
  plot.ctx.lineWidth = devicePixelRatio;
  plot.ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const threshold of thresholds) {
    const top = plot.valToPos(threshold, 'y', true);
    plot.ctx.beginPath();
    plot.ctx.moveTo(left, top);
    plot.ctx.lineTo(left + width, top);
    plot.ctx.stroke();
  }
  plot.ctx.restore();
}

/** The last bucket is not over yet: what it shows will grow. */
function dimUnfinished(plot: uPlot, data: ChartData, colour: string): void {
  const last = data.starts.at(-1);
  if (last === undefined || data.end <= Date.now()) return;
  const left = plot.valToPos(last, 'x', true);
  const { top, height, left: from, width } = plot.bbox;
  plot.ctx.save();
  plot.ctx.globalCompositeOperation = 'destination-over';
  plot.ctx.fillStyle = colour;
  plot.ctx.fillRect(left, top, from + width - left, height);
  plot.ctx.restore();
}

function tellMark(plot: uPlot, { onMark }: PlotEvents): void {
  const { left, width } = plot.select;
  if (width < 4) return;
  onMark({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

function listenForPicks(plot: uPlot, latest: { readonly current: PlotEvents }): void {
  let downAt = 0;
  plot.over.addEventListener('pointerdown', (event) => {
    downAt = event.clientX;
  });
  plot.over.addEventListener('click', (event) => {
    const { idx } = plot.cursor;
    if (Math.abs(event.clientX - downAt) < 4 && typeof idx === 'number') latest.current.onPick(idx);
  });
}
