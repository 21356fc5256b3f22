import { z } from 'zod';
import { filterOperators, filterTypes as comparedTypes, limits } from 'honeyhive-facts';

/** How a filter compares. `id` is the legacy spelling of `string`. Source: docs/contract.md, "Lists". */
export const filterTypes = [...comparedTypes, 'id'] as const;

/** One condition; a list of them must all hold. */
export const filter = z
  .looseObject({
    field: z
      .string()
      .min(1)
      .max(1024)
      .meta({ description: 'A root field, or a dotted path into a bucket: `metadata.cost`.' }),
    operator: z.enum(filterOperators),
    value: z
      .union([z.string().max(limits.filterValueChars), z.number(), z.boolean(), z.null()])
      .optional()
      .meta({
        description: 'What to compare with; null or absent with `exists` and `not exists`.',
      }),
    type: z.enum(filterTypes).optional().meta({ description: 'Default `string`.' }),
  })
  .meta({ id: 'Filter', description: 'A condition on an event.' });

/** Conditions of which at least one must hold. */
export const anyOf = z
  .strictObject({
    any_of: z.array(filter).min(1).max(limits.filters).meta({
      description: 'Conditions of which at least one must hold.',
    }),
  })
  .meta({ id: 'AnyOf', description: 'Conditions of which at least one must hold.' });

const filters = z
  .union([z.array(filter).max(limits.filters), filter])
  .nullish()
  .meta({
    description: 'Conditions that must all hold; a single one may be given without the list.',
  });

const page = z
  .number()
  .int()
  .min(1)
  .optional()
  .meta({ description: 'Page number from 1. Default 1.' });

/** Body of `/events/export`. Source: docs/contract.md, "Lists". */
export const exportQuery = z
  .looseObject({
    project: z.string().nullish().meta({ description: 'Project name or id.' }),
    filters,
    dateRange: z
      .looseObject({
        $gte: z
          .union([z.string(), z.number()])
          .nullish()
          .meta({ description: 'Inclusive start of `start_time`, ISO-8601 or ms.' }),
        $lte: z
          .union([z.string(), z.number()])
          .nullish()
          .meta({ description: 'Inclusive end of `start_time`, ISO-8601 or ms.' }),
      })
      .nullish(),
    projections: z
      .array(z.string().max(1024))
      .max(limits.projections)
      .nullish()
      .meta({ description: 'Fields to return, dotted; ids are always returned.' }),
    limit: z
      .number()
      .int()
      .min(1)
      .max(limits.exportPage)
      .nullish()
      .meta({ description: 'Default 1000.' }),
    page: page.nullable(),
    offset: z.number().int().min(0).nullish().meta({
      description:
        'Events to skip; takes precedence over `page`. Ours: the official API has pages only.',
    }),
    ignore_order: z
      .boolean()
      .nullish()
      .meta({ description: 'Has no effect; order is always newest first.' }),
    evaluation_id: z
      .string()
      .max(limits.filterValueChars)
      .nullish()
      .meta({ description: 'Only events of this run (`metadata.run_id`).' }),
    roots_only: z
      .boolean()
      .nullish()
      .meta({ description: 'Only events that are the root of a session. Ours.' }),
  })
  .meta({ id: 'ExportQuery', description: 'Which events to return.' });

/** Body of `/v1/events/search`. Source: docs/contract.md, "Lists". */
export const searchQuery = z
  .strictObject({
    filters,
    dateRange: z
      .strictObject({
        start_time: z.string().meta({ description: 'Inclusive, ISO-8601.' }),
        end_time: z.string().meta({ description: 'Inclusive, ISO-8601.' }),
      })
      .nullish(),
    limit: z
      .number()
      .int()
      .min(1)
      .max(limits.searchPage)
      .optional()
      .meta({ description: 'Default 1000.' }),
    page,
    ignore_order: z.boolean().optional().meta({ description: 'Has no effect.' }),
    evaluation_id: z
      .string()
      .max(limits.filterValueChars)
      .nullish()
      .meta({ description: 'Only events of this run.' }),
  })
  .meta({ id: 'SearchQuery', description: 'Which events to return.' });

/** Time buckets of a chart. Source: docs/contract.md, "Lists". */
export const chartBuckets = [
  'minute',
  'minutes',
  '1m',
  'hour',
  'hours',
  '1h',
  'day',
  'days',
  '1d',
  'week',
  'weeks',
  '1w',
  'month',
  'months',
  '1M',
] as const;

/** Aggregations of a chart. Source: docs/contract.md, "Lists". */
export const chartAggregations = [
  'avg',
  'average',
  'mean',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'count',
  'sum',
  'min',
  'max',
  'median',
] as const;

export type ExportQuery = z.infer<typeof exportQuery>;
export type FilterIn = z.infer<typeof filter>;
export type AnyOfIn = z.infer<typeof anyOf>;
