import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { exploreScope, filterList, projectName, timeRange } from './selection.ts';

/** What a value of a field can be; the types of a filter. */
export const fieldTypes = ['string', 'number', 'boolean', 'datetime'] as const;

const prefix = z
  .string()
  .max(1024)
  .optional()
  .meta({ description: 'Only values with this prefix, ignoring case. Default: all.' });

/** Body of `POST /v1/explore/fields`. */
export const fieldsQuery = z
  .strictObject({
    project: projectName,
    scope: exploreScope.optional().meta({
      description: '`sessions`: fields of session roots come first. Default `events`.',
    }),
    prefix,
    ...timeRange,
  })
  .meta({ id: 'FieldsQuery', description: 'Which fields to list.' });

/** Response of `POST /v1/explore/fields`. */
export const fieldList = z
  .object({
    fields: z.array(
      z
        .object({
          path: z.string().meta({ description: 'Dotted, as in `field` of a filter.' }),
          types: z.array(z.enum(fieldTypes)).meta({ description: 'Most frequent first.' }),
          count: z.number().meta({ description: 'Estimated number of events that have it.' }),
          last_seen: z
            .number()
            .meta({ description: 'Latest start of an event that has it, epoch milliseconds.' }),
          on: z.enum(['session', 'event', 'both']).meta({
            description: 'Whether roots of sessions have it, other events, or both.',
          }),
        })
        .meta({ id: 'Field' }),
    ),
    sampled: z
      .boolean()
      .meta({ description: 'true: counts are estimated from the most recent events.' }),
  })
  .meta({ id: 'FieldList', description: 'Fields that events have, most frequent first.' });

/** Body of `POST /v1/explore/values`. */
export const valuesQuery = z
  .strictObject({
    project: projectName,
    scope: exploreScope.optional().meta({
      description:
        '`sessions`: counts sessions with an event that has the value. Default `events`.',
    }),
    path: z.string().min(1).max(1024).meta({ description: 'Field whose values to list.' }),
    prefix,
    filters: filterList,
    ...timeRange,
    limit: z
      .number()
      .int()
      .min(1)
      .max(limits.exploreValues)
      .optional()
      .meta({ description: 'Default 20.' }),
  })
  .meta({ id: 'ValuesQuery', description: 'Values of which field to list.' });

/** Response of `POST /v1/explore/values`. */
export const valueList = z
  .object({
    values: z.array(z.object({ value: z.string(), count: z.number() })),
    sampled: z.boolean().meta({ description: 'true: counts cover only the most recent events.' }),
  })
  .meta({ id: 'ValueList', description: 'Values of a field, most frequent first.' });

export type ValuesQuery = z.infer<typeof valuesQuery>;
export type ValueList = z.infer<typeof valueList>;
