import { z } from 'zod';
import { bucketNames } from 'honeyhive-facts';
import { event } from '../events/schemas.ts';
import { sessionRow } from './row.ts';

const numbers = (description: string) => z.array(z.number()).meta({ description });
const texts = (description: string) => z.array(z.string()).meta({ description });

/** A session's events as columns without payloads: index n is the same event in every list from `ids` to `feedback`. */
export const skeleton = z
  .object({
    session: sessionRow,
    version: z.string().meta({ description: 'What to send as `since` to get what came after.' }),
    since: z.string().nullable().meta({
      description:
        'null: these are all events. Else the version that this answer adds to: it holds what was stored or changed since, and may repeat events, which replace those of the same id.',
    }),
    complete: z
      .boolean()
      .meta({ description: 'false: the session has more events than one answer holds.' }),
    event_total: z.number().meta({ description: 'Events in the session, its root among them.' }),
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
      'Index of the parent in `ids`; -1 for the root and what has no parent; -2 when the parent is not there; `ids.length + k` stands for `outside[k]`.',
    ),
    outside: texts('Parents that are not among `ids`: only with `since`.'),
    removed: texts('Ids of events that were deleted: only with `since`.'),
    type: numbers('Index in `types`.'),
    name: numbers('Index in `names`.'),
    model: numbers('Index in `models`; -1 for none.'),
    start: numbers('Milliseconds after `origin`.'),
    duration: numbers('Milliseconds; -1 when no end was told.'),
    error: numbers('1 when the event has an error, else 0.'),
    tokens: numbers('Total tokens; -1 when none were told.'),
    cost: numbers('US dollars; -1 when none was told.'),
    feedback: numbers('1 when the event has feedback, else 0.'),
  })
  .meta({ id: 'Skeleton', description: 'The events of a session as columns, without payloads.' });

/** Parts of an event that can be read by themselves; `event` is the whole. */
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

/** Answer of `GET /v1/explore/events/{event_id}`. */
export const eventDetail = z
  .object({
    event,
    parts: z
      .record(z.string(), z.number())
      .meta({ description: 'Size of each part, bytes of UTF-8; `{}` is 2.' }),
    omitted: z.array(z.enum(bucketNames)).meta({
      description: 'Buckets that are larger than `omit_over` and stand empty in `event`.',
    }),
  })
  .meta({ id: 'EventDetail', description: 'An event with the sizes of its parts.' });

/** Body of `POST /v1/explore/sessions/{session_id}/find`. */
export const findQuery = z
  .strictObject({
    project: z.string().optional(),
    text: z.string().min(1).max(1024).meta({
      description: 'Text to look for as it stands; case does not count.',
    }),
  })
  .meta({ id: 'FindQuery', description: 'What to look for in a session.' });

/** Answer of `POST /v1/explore/sessions/{session_id}/find`. */
export const findResult = z
  .object({
    hits: z
      .array(
        z.object({
          event_id: z.string(),
          part: z.enum([...eventParts, 'event_name']).meta({
            description: 'Where the text is; never `event`.',
          }),
          offset: z.number().meta({
            description:
              'Place of the first one in the text of the part, Unicode characters from 0: of a bucket, its JSON text.',
          }),
          snippet: z.string().meta({ description: 'What stands around it.' }),
          count: z.number().meta({ description: 'How often the text is in this part.' }),
        }),
      )
      .meta({ description: 'One for each part that has the text, in the order of the skeleton.' }),
    truncated: z.boolean().meta({ description: 'true: there are more hits than these.' }),
  })
  .meta({ id: 'FindResult', description: 'Where in a session a text is.' });

export type Skeleton = z.infer<typeof skeleton>;
export type EventPart = (typeof eventParts)[number];
export type FindResult = z.infer<typeof findResult>;
