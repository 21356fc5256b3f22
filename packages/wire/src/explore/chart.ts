import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import {
  bucketing,
  chartRange,
  exploreScope,
  filterList,
  freeText,
  projectName,
  selection,
} from './selection.ts';

const edges = {
  bucket_ms: z.number().meta({
    description: 'Width of a bucket, milliseconds; with daylight saving changes, the usual width.',
  }),
  timezone: z.string().meta({ description: 'Time zone of the bucket edges.' }),
  end: z.number().meta({ description: 'End of the last bucket, epoch milliseconds.' }),
};

/** Body of `POST /v1/explore/histogram`. */
export const histogramQuery = z
  .strictObject({ ...selection, ...chartRange, ...bucketing })
  .meta({ id: 'HistogramQuery', description: 'What to count over time.' });

/** Response of `POST /v1/explore/histogram`: every bucket of the range, including empty ones. */
export const histogram = z
  .object({
    ...edges,
    buckets: z.array(
      z.object({
        start: z.number().meta({ description: 'Epoch milliseconds.' }),
        ok: z.number().meta({ description: 'Rows without an error.' }),
        error: z.number().meta({
          description: 'Events with an error, or sessions with an error in any of their events.',
        }),
      }),
    ),
  })
  .meta({
    id: 'Histogram',
    description:
      'Rows over time, each at its start: sessions that started outside of the range are in none.',
  });

/** Aggregations of a chart. */
export const chartMeasures = [
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'p50',
  'p95',
  'p99',
  'p75',
  'p90',
] as const;

/** Aggregations that `estimated` scales. */
export const scaledMeasures = ['count', 'sum', 'avg'] as const;

export const chartMetric = z.string().min(1).max(1024).meta({
  description:
    '`duration`, `prompt_tokens`, `completion_tokens`, `total_tokens`, `cost_usd`, `error` (1 with an error, else 0: its `avg` is the error rate), or a dotted path to a number.',
});

export const chartGroup = z.string().min(1).max(1024).meta({
  description: 'Field to group by, as in `field` of a filter; `model` and `user` among them.',
});

/** Body of `POST /v1/explore/chart`. */
export const chartQuery = z
  .strictObject({
    project: projectName,
    scope: exploreScope.optional().meta({
      description:
        '`events`, the default, or `sessions`: the roots of sessions that start in the range.',
    }),
    filters: filterList,
    text: freeText,
    ...chartRange,
    ...bucketing,
    metric: chartMetric.optional().meta({ description: 'Default `duration`.' }),
    aggregation: z
      .enum(chartMeasures)
      .meta({ description: '`count`: events that have the metric. Percentiles are exact.' }),
    estimated: z.boolean().optional().meta({
      description:
        'Estimate `count`, `sum` and `avg` for all events that were sent, from those that sampling kept: each counts for 1 / its sampling rate. Others are of what is stored. Default false.',
    }),
    group_by: chartGroup.optional(),
    top: z
      .number()
      .int()
      .min(1)
      .max(limits.chartSeries)
      .optional()
      .meta({ description: 'Number of groups with a separate series, largest first. Default 8.' }),
  })
  .meta({ id: 'ExploreChartQuery', description: 'What to draw over time.' });

const series = z.object({
  group: z.string().nullable().meta({
    description: 'Value of the grouping; null without grouping, and for events without a value.',
  }),
  values: z.array(z.number().nullable()).meta({
    description: 'One for each bucket; null without data, 0 only for counts.',
  }),
  total: z.number().nullable().meta({
    description: 'The same aggregation over the whole range.',
  }),
  count: z.number().meta({ description: 'Events in the whole range that have the metric.' }),
});

/** Response of `POST /v1/explore/chart`. */
export const exploreChart = z
  .object({
    ...edges,
    starts: z
      .array(z.number())
      .meta({ description: 'Start of each bucket, epoch milliseconds, including empty ones.' }),
    estimated: z
      .boolean()
      .meta({ description: 'Whether the numbers are estimated from a sample.' }),
    series: z.array(series).meta({ description: 'Largest `count` first.' }),
    groups_total: z
      .number()
      .meta({ description: 'Total number of groups, including those in `others`.' }),
    others: series.nullable().meta({ description: 'All groups beyond `top`, combined.' }),
  })
  .meta({ id: 'ExploreChart', description: 'Numbers over time.' });

/** Sort keys of groups. */
export const groupSorts = [
  'count',
  'error_count',
  'p50_ms',
  'p95_ms',
  'total_tokens',
  'cost_usd',
  'value',
] as const;

/** Body of `POST /v1/explore/groups`. */
export const groupsQuery = z
  .strictObject({
    ...selection,
    scope: exploreScope.optional(),
    group_by: chartGroup,
    sort: z
      .strictObject({ field: z.enum(groupSorts), direction: z.enum(['ascending', 'descending']) })
      .optional()
      .meta({ description: 'Default: `count`, descending.' }),
    limit: z
      .number()
      .int()
      .min(1)
      .max(limits.exploreGroups)
      .optional()
      .meta({ description: 'Default 100.' }),
  })
  .meta({ id: 'GroupsQuery', description: 'What to group, and by what.' });

/** Response of `POST /v1/explore/groups`. */
export const groupList = z
  .object({
    groups: z.array(
      z.object({
        value: z
          .string()
          .nullable()
          .meta({ description: 'null: the events without a value of this field.' }),
        count: z.number(),
        error_count: z.number(),
        p50_ms: z.number().nullable(),
        p95_ms: z.number().nullable(),
        total_tokens: z.number(),
        cost_usd: z.number(),
      }),
    ),
    total_groups: z.number(),
  })
  .meta({ id: 'GroupList', description: 'Groups of events, each with its sums.' });

export type HistogramQuery = z.infer<typeof histogramQuery>;
export type Histogram = z.infer<typeof histogram>;
export type ExploreChartQuery = z.infer<typeof chartQuery>;
export type ExploreChart = z.infer<typeof exploreChart>;
export type GroupsQuery = z.infer<typeof groupsQuery>;
export type GroupList = z.infer<typeof groupList>;
