import { z } from 'zod';
import { bucketNames } from 'honeyhive-facts';
import { event } from '../events/schemas.ts';
import { costSource, sessionRow } from './row.ts';

const numbers = (description: string) => z.array(z.number()).meta({ description });
const texts = (description: string) => z.array(z.string()).meta({ description });

/** A session's events as columns without payloads: index n is the same event in every list from `ids` to `feedback`. */
export const skeleton = z
  .object({
    session: sessionRow,
    version: z.string().meta({ description: 'Send it as `since` to get later changes.' }),
    since: z.string().nullable().meta({
      description:
        'null: the response contains all events. Otherwise it contains the events stored or changed since this version; events replace those with the same id.',
    }),
    complete: z
      .boolean()
      .meta({ description: 'false: the session has more events than fit in one response.' }),
    event_total: z.number().meta({ description: 'Events in the session, including its root.' }),
    updated_at: z
      .number()
      .meta({ description: 'When the session last changed, epoch milliseconds.' }),
    origin: z
      .number()
      .meta({ description: 'What `start` counts from: earliest start, epoch milliseconds.' }),
    names: texts('Distinct names, for `name`.'),
    types: texts('Distinct types, for `type`.'),
    models: texts('Distinct models, for `model`.'),
    ids: texts('Event ids, ordered by start, then id.'),
    parent: numbers(
      'Index of the parent in `ids`; -1 for the root and events without a parent; -2 if the parent is missing; `ids.length + k` means `outside[k]`.',
    ),
    outside: texts('Parents that are not among `ids`: only with `since`.'),
    removed: texts('Ids of events that were deleted: only with `since`.'),
    type: numbers('Index in `types`.'),
    name: numbers('Index in `names`.'),
    model: numbers('Index in `models`; -1 for none.'),
    start: numbers('Milliseconds after `origin`.'),
    duration: numbers('Milliseconds; -1 if unknown.'),
    error: numbers('1 when the event has an error, else 0.'),
    tokens: numbers('Total tokens; -1 if unknown.'),
    cost: numbers('US dollars; -1 if unknown.'),
    feedback: numbers('1 when the event has feedback, else 0.'),
  })
  .meta({ id: 'Skeleton', description: 'The events of a session as columns, without payloads.' });

/** Parts of an event that can be read separately; `event` is the whole. */
export const eventParts = [
  'inputs',
  'outputs',
  'metadata',
  'config',
  'feedback',
  'metrics',
  'user_properties',
  'error',
  'event',
] as const;

/** Response of `GET /v1/explore/events/{event_id}`. */
export const eventDetail = z
  .object({
    event,
    parts: z
      .record(z.string(), z.number())
      .meta({ description: 'Size of each part, bytes of UTF-8; `{}` is 2.' }),
    omitted: z.array(z.enum(bucketNames)).meta({
      description: 'Buckets that are larger than `omit_over` and therefore empty in `event`.',
    }),
    emptied: z.boolean().meta({
      description: 'Whether `payload_retention_days` deleted the inputs and outputs of the event.',
    }),
    sample_rate: z.number().meta({
      description:
        'Share of all such events that is stored, 0 to 1: the event stands for 1 / rate. 0: kept as an exception, which estimates do not count.',
    }),
    cost_source: costSource,
    price_date: z.string().nullable().meta({
      description:
        'Day of the release of the price table, ISO-8601, if the cost is what it says; null for costs of an older table, and for events over 1 MiB.',
    }),
  })
  .meta({ id: 'EventDetail', description: 'An event with the sizes of its parts.' });

/** Body of `POST /v1/explore/sessions/{session_id}/find`. */
export const findQuery = z
  .strictObject({
    project: z.string().optional(),
    text: z.string().min(1).max(1024).meta({
      description: 'Literal text to find, ignoring case.',
    }),
  })
  .meta({ id: 'FindQuery', description: 'What to find in a session.' });

/** Response of `POST /v1/explore/sessions/{session_id}/find`. */
export const findResult = z
  .object({
    hits: z
      .array(
        z.object({
          event_id: z.string(),
          part: z.enum([...eventParts, 'event_name']).meta({
            description: 'The part that contains the text; never `event`.',
          }),
          offset: z.number().meta({
            description:
              'Offset of the first match in the part (for a bucket: its JSON text), in Unicode characters.',
          }),
          snippet: z.string().meta({ description: 'Text around the match.' }),
          count: z.number().meta({ description: 'Matches in this part.' }),
        }),
      )
      .meta({ description: 'One for each part with a match, in the order of the skeleton.' }),
    truncated: z.boolean().meta({ description: 'true: more hits exist.' }),
  })
  .meta({ id: 'FindResult', description: 'Matches of a text in a session.' });

export type Skeleton = z.infer<typeof skeleton>;
export type EventPart = (typeof eventParts)[number];
export type FindResult = z.infer<typeof findResult>;
