import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { count, text } from '../shapes.ts';
import { eventType } from '../events/schemas.ts';
import { exploreScope, selection } from './selection.ts';

const countOrNull = (description: string) => z.number().nullable().meta({ description });

/** The beginning of a value, cut on the server. */
export const preview = z
  .object({
    text: text(
      `At most ${limits.previewChars} characters: the relevant message of a chat format, else the start of the JSON; runs of base64 are omitted.`,
    ),
    bytes: count('Size of the whole value, bytes of UTF-8 JSON; 0 if missing.'),
  })
  .meta({ id: 'Preview', description: 'The beginning of a value.' });

export const costSource = z.enum(['sender', 'table', 'override', 'unknown']).nullable().meta({
  description:
    'Where the cost of an event comes from: its sender, the price table, a price of the project; `unknown`: the model has no price. null for a session, and if nothing was used.',
});

/** Where a row has what was searched for. */
export const rowMatch = z
  .object({
    event_id: text('Event that has it; of a session, the earliest one.'),
    field: text('Field that has it, such as `inputs` or `event_name`.'),
    before: text('Text before the match, on one line; begins with an ellipsis if cut.'),
    text: text('The match, as written there: plain text, never markup.'),
    after: text('Text after the match; ends with an ellipsis if cut.'),
  })
  .meta({ id: 'RowMatch', description: 'Where a row has the first word of the search.' });

/** A session or an event in a list, without its payload. null means unknown. */
export const row = z
  .object({
    event_id: text('For the root of a session, the same as `session_id`.'),
    session_id: text('Session the event belongs to.'),
    parent_id: z.string().nullable().meta({ description: 'null for the root of a session.' }),
    project_id: text('Id of the project.'),
    event_type: eventType,
    event_name: text('Name of the step.'),
    source: text('Environment label, such as `production`.'),
    start_time: count('Epoch milliseconds.'),
    end_time: countOrNull(
      'Epoch milliseconds; of a session, the latest end among its events. null if unknown.',
    ),
    duration_ms: countOrNull(
      'Milliseconds; of a session, from its start to the latest end among its events.',
    ),
    error: z
      .string()
      .nullable()
      .meta({
        description: `null if the step succeeded; at most ${limits.previewChars} characters.`,
      }),
    model: z.string().nullable().meta({ description: 'Name of the called model.' }),
    user: z
      .string()
      .nullable()
      .meta({ description: 'End user of the application, from `user_properties`.' }),
    input_preview: preview,
    output_preview: preview,
    prompt_tokens: countOrNull('Of a session, the sum over its events.'),
    completion_tokens: countOrNull('Of a session, the sum over its events.'),
    total_tokens: countOrNull('Of a session, the sum over its events.'),
    cost_usd: countOrNull('US dollars; of a session, the sum over its events.'),
    cost_source: costSource,
    feedback: z.enum(['up', 'down', 'note', 'score']).nullable().meta({
      description: 'Kind of feedback: a thumb, a comment, a number; null without feedback.',
    }),
    columns: z
      .record(z.string(), preview)
      .meta({ description: 'The requested columns, by path; those without a value are omitted.' }),
    match: rowMatch.nullable().meta({
      description:
        'Where the row has the first word of `text`. null without `text`, in streams, and if reading it takes too long.',
    }),
  })
  .meta({ id: 'ExploreRow', description: 'An event in a list.' });

/** A session in a list. */
export const sessionRow = row
  .extend({
    last_activity: count('Start of the latest event of the session, epoch milliseconds.'),
    event_count: count('Events in the session, the root not counted.'),
    model_event_count: count(
      'Model events in the session; of those nested in each other, the innermost.',
    ),
    error_count: count('Events of the session with an error.'),
    has_feedback: z
      .boolean()
      .meta({ description: 'Whether any event of the session has feedback.' }),
    unknown_cost_count: count(
      'Events of the session that `cost_usd` lacks, since their model has no price.',
    ),
    partial: z
      .boolean()
      .meta({ description: 'Whether sampling may have left out events of the session.' }),
  })
  .meta({ id: 'ExploreSessionRow', description: 'A session in a list.' });

/** Sort keys of rows. `last_activity`, `event_count` and `error_count` are for sessions only. */
export const sortFields = [
  'start_time',
  'last_activity',
  'duration_ms',
  'event_name',
  'total_tokens',
  'cost_usd',
  'event_count',
  'error_count',
] as const;

/** Body of `POST /v1/explore/rows`. */
export const rowsQuery = z
  .strictObject({
    ...selection,
    sort: z
      .strictObject({
        field: z.enum(sortFields).meta({
          description:
            '`last_activity`, `event_count` and `error_count` only with scope `sessions`. Equal rows are ordered by arrival, then end.',
        }),
        direction: z.enum(['ascending', 'descending']),
      })
      .optional()
      .meta({ description: 'Default: `start_time`, descending.' }),
    columns: z.array(z.string().min(1).max(1024)).max(limits.exploreColumns).optional().meta({
      description: 'Dotted paths of extra columns. Default: no columns.',
    }),
    cursor: z.string().min(1).max(2048).optional().meta({
      description: '`next_cursor` of the previous page, with the same sort. Default: first page.',
    }),
    limit: z
      .number()
      .int()
      .min(1)
      .max(limits.explorePage)
      .optional()
      .meta({ description: 'Default 100.' }),
    total: z.boolean().optional().meta({
      description:
        'false: return the page without counting the rows on other pages, which takes longer for a new filter. Default true.',
    }),
  })
  .meta({ id: 'ExploreRowsQuery', description: 'Which rows to return.' });

/** Response of `POST /v1/explore/rows`. */
export const rowsPage = z
  .object({
    scope: exploreScope,
    rows: z.array(z.union([sessionRow, row])).meta({
      description: '`ExploreSessionRow` with scope `sessions`, else `ExploreRow`.',
    }),
    next_cursor: z.string().nullable().meta({ description: 'null on the last page.' }),
    total: z.object({
      count: count(`Rows on all pages; ${limits.exactCount} when there are more.`),
      exact: z.boolean().meta({
        description: 'false: the total is larger than `count`, or not counted.',
      }),
    }),
  })
  .meta({ id: 'ExploreRowsPage', description: 'A page of rows.' });

export type Preview = z.infer<typeof preview>;
export type RowMatch = z.infer<typeof rowMatch>;
export type ExploreRow = z.infer<typeof row>;
export type ExploreSessionRow = z.infer<typeof sessionRow>;
export type RowsQuery = z.infer<typeof rowsQuery>;
export type RowsPage = z.infer<typeof rowsPage>;
export type RowSort = NonNullable<RowsQuery['sort']>;
