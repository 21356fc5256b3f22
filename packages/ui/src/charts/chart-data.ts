import type { ExploreChart } from 'honeyhive-wire';
import { chartsText } from '../text/charts.ts';

/** One line of a chart. */
export interface ChartLine {
  readonly name: string;
  /** What events of it have in the field of the grouping; undefined where there is nothing to filter by. */
  readonly group?: string;
  /** One for each start; null where nothing was measured. */
  readonly values: readonly (number | null)[];
  readonly total: number | null;
}

/** A chart, ready to be drawn, read and written out. */
export interface ChartData {
  /** Start of each bucket, epoch milliseconds. */
  readonly starts: readonly number[];
  /** End of the last one. */
  readonly end: number;
  readonly lines: readonly ChartLine[];
  /** Groups there are; more than the lines when some are taken together. */
  readonly groupCount: number;
  /** Whether the numbers of a line at least are estimated from a sample. */
  readonly isEstimated: boolean;
  /** Lines of the period before, in the buckets of this one, where it is compared with that. */
  readonly before?: readonly ChartLine[];
  /** Of the period before, by the name of the line. */
  readonly totalsBefore?: ReadonlyMap<string, number | null>;
}

/** The answers to one question, each with the name of its aggregation; their buckets are the same. */
export type NamedAnswer = readonly [name: string, answer: ExploreChart];

export function toChartData(answers: readonly NamedAnswer[]): ChartData {
  const [first] = answers;
  if (!first) return { starts: [], end: 0, lines: [], groupCount: 0, isEstimated: false };
  const [, { starts, end, groups_total: groupCount }] = first;
  return {
    starts,
    end,
    groupCount,
    isEstimated: answers.some(([, { estimated }]) => estimated),
    lines: answers.flatMap(toLines(answers.length > 1)),
  };
}

const toLines =
  (isNamed: boolean) =>
  ([name, answer]: NamedAnswer): ChartLine[] => {
    const lines = answer.series.map(({ group, values, total }): ChartLine => {
      const isWhole = answer.groups_total <= 1 && group === null;
      if (isWhole) return { name: isNamed ? name : chartsText.all, values, total };
      return group === null
        ? { name: chartsText.without, values, total }
        : { name: group, group, values, total };
    });
    const { others } = answer;
    if (others === null) return lines;
    return [...lines, { name: chartsText.others, values: others.values, total: others.total }];
  };

/** What a table of the chart has columns for: its lines, then those of the period before. */
export const toColumnLines = ({ lines, before = [] }: ChartData): readonly ChartLine[] => [
  ...lines,
  ...before.map((line) => ({ ...line, name: chartsText.before(line.name) })),
];

/** Whether there is anything to draw. */
export const isEmpty = ({ lines }: ChartData): boolean =>
  lines.every(({ values }) => values.every((value) => value === null || value === 0));

/** The chart in a sentence, for who does not see it. */
export function describeChart(
  title: string,
  data: ChartData,
  format: (value: number) => string,
): string {
  const parts = toColumnLines(data).map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${name}: ${chartsText.empty}`;
    const words = [
      `${chartsText.lowest} ${format(Math.min(...known))}`,
      `${chartsText.highest} ${format(Math.max(...known))}`,
      `${chartsText.latest} ${format(known.at(-1) ?? 0)}`,
    ];
    return `${name}: ${words.join(', ')}`;
  });
  return `${title}. ${parts.join('. ')}.`;
}

/** Rows of the chart as text, the first one the header: times in ISO-8601, UTC. */
export function toCsv(data: ChartData): string {
  const lines = toColumnLines(data);
  const header = ['start', ...lines.map(({ name }) => name)];
  const rows = data.starts.map((start, index) => [
    new Date(start).toISOString(),
    ...lines.map(({ values }) => values[index] ?? ''),
  ]);
  return [header, ...rows].map((row) => `${row.map(toCsvField).join(',')}\r\n`).join('');
}

/** Source: RFC 4180. What begins like a formula is kept from being one in a spreadsheet. */
function toCsvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
