import type { ExploreChartQuery, SavedViewIn } from 'honeyhive-wire';
import type { FilterEntry } from '../query/filter.ts';
import type { ChartUnit } from '../format/chart-value.ts';
import { chartsText } from '../text/charts.ts';

/** A chart: what to ask, and how to write the answer. */
export interface ChartSpec {
  readonly id: string;
  readonly title: string;
  readonly unit: ChartUnit;
  readonly metric: string;
  /** More than one makes a series each. */
  readonly aggregations: readonly ExploreChartQuery['aggregation'][];
  readonly groupBy?: string;
  readonly filters?: readonly FilterEntry[];
}

/** A chart as somebody put it together, as the service keeps it. */
export type OwnChart = NonNullable<SavedViewIn['chart']>;

/** How a chart of one's own is drawn. */
export const toOwnSpec = (
  named: Pick<ChartSpec, 'id' | 'title'>,
  { metric, aggregation, group_by: groupBy }: OwnChart,
): ChartSpec => ({
  ...named,
  unit: unitOf(metric, aggregation),
  metric,
  aggregations: [aggregation],
  ...(groupBy !== undefined && { groupBy }),
});

const onlyModels = {
  field: 'event_type',
  operator: 'is',
  value: 'model',
  type: 'string',
} as const satisfies FilterEntry;

/** The charts that everybody has. */
export const chartSet: readonly ChartSpec[] = [
  {
    id: 'volume',
    title: chartsText.titles.volume,
    unit: 'count',
    metric: 'duration',
    aggregations: ['count'],
    groupBy: 'event_type',
  },
  {
    id: 'errors',
    title: chartsText.titles.errors,
    unit: 'ratio',
    metric: 'error',
    aggregations: ['avg'],
  },
  {
    id: 'latency',
    title: chartsText.titles.latency,
    unit: 'ms',
    metric: 'duration',
    aggregations: ['p50', 'p95', 'p99'],
  },
  {
    id: 'tokens',
    title: chartsText.titles.tokens,
    unit: 'count',
    metric: 'total_tokens',
    aggregations: ['sum'],
    groupBy: 'model',
    filters: [onlyModels],
  },
  {
    id: 'cost',
    title: chartsText.titles.cost,
    unit: 'usd',
    metric: 'cost_usd',
    aggregations: ['sum'],
    groupBy: 'model',
    filters: [onlyModels],
  },
];

/** How the numbers of a metric are written, however they are aggregated. */
function unitOf(metric: string, aggregation: string): ChartUnit {
  if (aggregation === 'count') return 'count';
  if (metric === 'duration') return 'ms';
  if (metric === 'cost_usd') return 'usd';
  return metric === 'error' && aggregation === 'avg' ? 'ratio' : 'count';
}
