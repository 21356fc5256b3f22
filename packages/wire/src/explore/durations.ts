import { z } from 'zod';
import { filterList, freeText, projectName, timeRange } from './selection.ts';

/** Body of `POST /v1/explore/durations`. */
export const durationsQuery = z
  .strictObject({
    project: projectName,
    filters: filterList,
    text: freeText,
    ...timeRange,
    duration_ms: z.number().min(0).optional().meta({
      description: 'A duration to rank among the others, milliseconds.',
    }),
  })
  .meta({ id: 'DurationsQuery', description: 'Which events to measure.' });

/** Response of `POST /v1/explore/durations`. */
export const durations = z
  .object({
    count: z.number().meta({ description: 'Events with a duration.' }),
    shorter: z.number().meta({ description: 'Of these, shorter than `duration_ms`, or 0.' }),
    equal: z.number().meta({ description: 'Of these, exactly as long, or 0.' }),
    bars: z
      .array(
        z.object({
          from_ms: z.number().meta({ description: 'Lower bound of the bar, inclusive.' }),
          to_ms: z.number().meta({ description: 'Upper bound of the bar, exclusive.' }),
          count: z.number(),
        }),
      )
      .meta({
        description:
          'Four bars for each doubling of the duration, ascending; empty without events.',
      }),
  })
  .meta({ id: 'Durations', description: 'Durations of events.' });

export type Durations = z.infer<typeof durations>;
