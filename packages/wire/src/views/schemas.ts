import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { chartGroup, chartMeasures, chartMetric } from '../explore/chart.ts';
import { sortFields } from '../explore/row.ts';
import { exploreScope } from '../explore/selection.ts';

const content = {
  name: z.string().min(1).max(200).regex(/\S/, 'must not be blank'),
  scope: exploreScope,
  query: z.string().max(10_000).meta({ description: 'Text of the query bar.' }),
  columns: z
    .array(z.string().min(1).max(1024))
    .max(limits.exploreColumns)
    .meta({ description: 'Columns in their order.' }),
  sort: z
    .strictObject({
      field: z.enum(sortFields),
      direction: z.enum(['ascending', 'descending']),
    })
    .nullable(),
  range: z
    .string()
    .max(100)
    .meta({ description: 'Relative, such as `24h`, or two instants with `~` between.' }),
  chart: z
    .strictObject({
      metric: chartMetric,
      aggregation: z.enum(chartMeasures),
      group_by: chartGroup.optional(),
    })
    .optional()
    .meta({ description: 'Makes the view a chart of the query instead of a list.' }),
};

/** Body of `PUT /v1/explore/views/{view_id}`: the caller chooses the id, so saving is idempotent. */
export const viewIn = z
  .strictObject(content)
  .meta({ id: 'SavedViewInput', description: 'A view to save.' });

/** A saved view: settings of a list. */
export const view = z
  .object({
    id: z.string(),
    project_id: z.string(),
    ...content,
    created_at: z.number().meta({ description: 'Epoch milliseconds.' }),
    updated_at: z.number().meta({ description: 'Epoch milliseconds.' }),
  })
  .meta({ id: 'SavedView', description: 'A saved view.' });

/** Response of `GET /v1/explore/views`. */
export const viewList = z
  .object({ views: z.array(view) })
  .meta({ id: 'SavedViewList', description: 'Saved views of a project, by name.' });

export type SavedView = z.infer<typeof view>;
export type SavedViewIn = z.infer<typeof viewIn>;
