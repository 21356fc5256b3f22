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
      description: 'A duration to find the place of among the others, milliseconds.',
    }),
  })
  .meta({ id: 'DurationsQuery', description: 'Which events to tell the durations of.' });

/** Answer of `POST /v1/explore/durations`. */
export const durations = z
  .object({
    count: z.number().meta({ description: 'Events that have a duration.' }),
    shorter: z.number().meta({ description: 'Those of them shorter than `duration_ms`, or 0.' }),
    equal: z.number().meta({ description: 'Those of them that took just as long, or 0.' }),
    bars: z
      .array(
        z.object({
          from_ms: z.number().meta({ description: 'Shortest duration of the bar, inclusive.' }),
          to_ms: z.number().meta({ description: 'Longest duration of the bar, exclusive.' }),
          count: z.number(),
        }),
      )
      .meta({
        description: 'Four bars each time that a duration doubles, ascending; none without events.',
      }),
  })
  .meta({ id: 'Durations', description: 'How long events took.' });

export type Durations = z.infer<typeof durations>;
