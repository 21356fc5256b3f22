import { z } from 'zod';
import { count } from '../shapes.ts';
import { filterList, freeText, selection, timeRange } from './selection.ts';

/** Body of `POST /v1/explore/differences`: what distinguishes the selected rows from the others. */
export const differencesQuery = z
  .strictObject({
    ...selection,
    selected: z
      .strictObject({ filters: filterList, text: freeText, ...timeRange })
      .meta({ description: 'Condition of the selected rows; all others are the rest.' }),
  })
  .meta({ id: 'DifferencesQuery', description: 'Which rows to compare.' });

/** Response of `POST /v1/explore/differences`. */
export const differences = z
  .object({
    selected_count: count('Selected rows that were examined.'),
    rest_count: count('Other rows that were examined.'),
    sampled: z.boolean().meta({ description: 'true: only the most recent rows were examined.' }),
    keys: z
      .array(
        z.object({
          path: z.string(),
          score: count(
            'Distance of the two distributions, 0 to 1: half the sum of the absolute differences.',
          ),
          values: z
            .array(
              z.object({
                value: z.string().nullable().meta({ description: 'null: no value.' }),
                selected: count('Share of the selected rows, 0 to 1.'),
                rest: count('Share of the other rows, 0 to 1.'),
              }),
            )
            .meta({ description: 'Largest difference first; at most 10.' }),
        }),
      )
      .meta({ description: 'Largest difference first; at most 50.' }),
  })
  .meta({ id: 'Differences', description: 'Fields whose values are distributed differently.' });

export type DifferencesQuery = z.infer<typeof differencesQuery>;
export type Differences = z.infer<typeof differences>;
