import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { epochMs } from '../shapes.ts';
import { anyOf, filter } from '../events/query.ts';

/** Rows of a list: one for each session, or for each event. */
export const exploreScope = z.enum(['sessions', 'events']).meta({
  description:
    '`sessions`: one row for each session with an event, its root included, in the time range; `events`: one for each event.',
});

export const projectName = z.string().max(limits.projectNameChars).optional().meta({
  description: 'Project name or id; ignored when the key is bound to a project.',
});

export const filterList = z
  .array(z.union([filter, anyOf]))
  .max(limits.filters)
  .optional()
  .meta({
    description: `Conditions that must all hold; in an entry with \`any_of\` at least one. At most ${limits.filters} in total. Default: no conditions.`,
  });

export const freeText = z.string().max(limits.searchTextChars).optional().meta({
  description:
    'Words, or phrases in double quotes, that must all occur in one event: in its name, ids, error, inputs, outputs, metadata or feedback, ignoring case. With scope `sessions`, in any event of the session.',
});

/** A range of `start_time`. */
export const timeRange = {
  from: epochMs('Start of the range of `start_time`, inclusive. Default: no start.').optional(),
  to: epochMs('End of the range of `start_time`, exclusive. Default: no end.').optional(),
};

/** Which events a query covers. */
export const selection = {
  project: projectName,
  scope: exploreScope,
  filters: filterList,
  filter_target: z.enum(['session', 'any_event']).optional().meta({
    description:
      'With scope `sessions`: `any_event`: one event of the session, including its root, must match the filters and the text, and start in the range; `session`: the root must match the filters, where `duration`, tokens and cost are those of the whole session. Default `session`.',
  }),
  text: freeText,
  ...timeRange,
};

export const timezone = z
  .string()
  .max(64)
  .optional()
  .meta({ description: 'IANA name of the time zone of bucket edges. Default `UTC`.' });

/** Time buckets. */
export const bucketing = {
  buckets: z
    .number()
    .int()
    .min(1)
    .max(limits.chartBuckets)
    .optional()
    .meta({ description: 'Maximum number of buckets; the width is rounded up to one of a list.' }),
  bucket_ms: z.number().int().min(1_000).optional().meta({
    description:
      'Width of a bucket, milliseconds, rounded up to one of a list. Takes precedence over `buckets`.',
  }),
  timezone,
};

/** A time range with a required start. */
export const chartRange = {
  from: epochMs('Start of the range, inclusive.'),
  to: epochMs('End of the range, exclusive. Default: now.').optional(),
};

export type ExploreScope = z.infer<typeof exploreScope>;
