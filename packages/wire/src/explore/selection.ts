import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { epochMs } from '../shapes.ts';
import { anyOf, filter } from '../events/query.ts';

/** What a list is made of: one row for each session, or for each event. */
export const exploreScope = z
  .enum(['sessions', 'events'])
  .meta({ description: '`sessions`: one row for each session; `events`: one for each event.' });

export const projectName = z.string().max(limits.projectNameChars).optional().meta({
  description: 'Project name or id; ignored when the key is bound to a project.',
});

export const filterList = z
  .array(z.union([filter, anyOf]))
  .max(limits.filters)
  .optional()
  .meta({
    description: `Conditions that must all hold; in an entry with \`any_of\` one has to. At most ${limits.filters} taken together. Default: none.`,
  });

export const freeText = z.string().max(limits.searchTextChars).optional().meta({
  description:
    'Words, or texts in double quotes, that must all be in one event: in its name, ids, error, inputs, outputs, metadata or feedback; case does not count. With scope `sessions`, in any event of the session.',
});

/** A range of `start_time`. */
export const timeRange = {
  from: epochMs('Start of the range of `start_time`, inclusive. Default: no start.').optional(),
  to: epochMs('End of the range of `start_time`, exclusive. Default: no end.').optional(),
};

/** Which events a question is about. */
export const selection = {
  project: projectName,
  scope: exploreScope,
  filters: filterList,
  filter_target: z.enum(['session', 'any_event']).optional().meta({
    description:
      'With scope `sessions`: `any_event`: one event of the session, its root among them, has to meet the filters and the text; `session`: the root has to meet the filters, where `duration`, tokens and cost are those of the whole session. Default `session`.',
  }),
  text: freeText,
  ...timeRange,
};

export const timezone = z
  .string()
  .max(64)
  .optional()
  .meta({ description: 'IANA name of the time zone of bucket edges. Default `UTC`.' });

/** How time is cut. */
export const bucketing = {
  buckets: z
    .number()
    .int()
    .min(1)
    .max(limits.chartBuckets)
    .optional()
    .meta({ description: 'Most buckets wanted; the next wider width out of a list is taken.' }),
  bucket_ms: z.number().int().min(1_000).optional().meta({
    description:
      'Width wanted, milliseconds; the next wider one out of a list is taken. Wins over `buckets`.',
  }),
  timezone,
};

/** The range of a question about time: it has a start. */
export const chartRange = {
  from: epochMs('Start of the range, inclusive.'),
  to: epochMs('End of the range, exclusive. Default: now.').optional(),
};

export type ExploreScope = z.infer<typeof exploreScope>;
