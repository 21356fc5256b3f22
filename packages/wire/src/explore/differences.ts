import { z } from 'zod';
import { count } from '../shapes.ts';
import { filterList, freeText, selection, timeRange } from './selection.ts';

/** Body of `POST /v1/explore/differences`: what sets the selected rows apart from the others. */
export const differencesQuery = z
  .strictObject({
    ...selection,
    selected: z
      .strictObject({ filters: filterList, text: freeText, ...timeRange })
      .meta({ description: 'Which of the rows are the selected ones; the others are the rest.' }),
  })
  .meta({ id: 'DifferencesQuery', description: 'Which rows to tell apart from which.' });

/** Answer of `POST /v1/explore/differences`. */
export const differences = z
  .object({
    selected_count: count('Selected rows that were looked at.'),
    rest_count: count('Other rows that were looked at.'),
    sampled: z.boolean().meta({ description: 'true: only the most recent rows were looked at.' }),
    keys: z
      .array(
        z.object({
          path: z.string(),
          score: count('How far the two are apart, 0 to 1: half the sum of the differences.'),
          values: z
            .array(
              z.object({
                value: z.string().nullable().meta({ description: 'null: no value.' }),
                selected: count('Share of the selected rows, 0 to 1.'),
                rest: count('Share of the other rows, 0 to 1.'),
              }),
            )
            .meta({ description: 'Those that differ most, first; at most 10.' }),
        }),
      )
      .meta({ description: 'Those that differ most, first; at most 50.' }),
  })
  .meta({ id: 'Differences', description: 'Fields whose values differ.' });

export type DifferencesQuery = z.infer<typeof differencesQuery>;
export type Differences = z.infer<typeof differences>;
