import { z } from 'zod';
import { event, session, sessionSums, eventTree } from './event.ts';

const text = (description: string) => z.string().meta({ description });
const count = (description: string) => z.number().meta({ description });

/** A request that was carried out. */
export const success = z
  .object({ success: z.literal(true) })
  .meta({ id: 'Success', description: 'The request was carried out.' });

/** An event that was changed, or will be. */
export const eventUpdated = z
  .object({
    success: z.literal(true),
    event_id: text('The event that was named.'),
    held: z.literal(true).optional().meta({
      description: 'The event is not there yet: the change is kept, and applied when it arrives.',
    }),
    sampled: z.literal(false).optional().meta({
      description: 'Nothing was changed: `sampling_rate` does not keep the session of the event.',
    }),
  })
  .meta({ id: 'EventUpdated', description: 'An event that was changed.' });

/** Something that was deleted. */
export const deleted = z
  .object({ success: z.literal(true), deleted: text('Id of what was deleted.') })
  .meta({ id: 'Deleted', description: 'Something was deleted.' });

/** An event that was stored. Source: docs/contract.md, "Events"; keys beyond `event_id` and `success` are ours. */
export const eventCreated = z
  .object({
    event_id: text('As sent; else made by the server.'),
    success: z.literal(true),
    session_id: text('Session the event belongs to.'),
    event_type: text('Kind of the event, as stored.'),
    event_name: text('Name of the step.'),
    sampled: z.literal(false).optional().meta({
      description: 'Not stored: its session is none of those that `sampling_rate` keeps.',
    }),
    warnings: z
      .array(
        z.object({
          index: z.number().optional().meta({ description: 'Place in the batch, from 0.' }),
          field: text('Path of the field.'),
          message: text('What was changed.'),
        }),
      )
      .optional()
      .meta({ description: 'What was changed to make the event fit.' }),
  })
  .meta({ id: 'EventCreated', description: 'An event that was stored.' });

/** What became of a batch. Source: docs/contract.md, "Batches"; counts, `events`, `errors` and `warnings` are ours. */
export const batchResult = z
  .object({
    event_ids: z.array(z.string()).meta({ description: 'Of those stored, in the order sent.' }),
    session_id: z.string().optional().meta({ description: 'When all events are of one session.' }),
    success: z.literal(true),
    created_count: count('Events stored.'),
    failed_count: count('Events not stored, because something is wrong with them.'),
    unsampled_count: z.number().optional().meta({
      description:
        'Events not stored, because `sampling_rate` does not keep their sessions; absent when there are none.',
    }),
    unsampled: z
      .array(z.number())
      .optional()
      .meta({ description: 'Their places in the batch, from 0.' }),
    events: z
      .array(eventCreated.omit({ success: true, sampled: true }))
      .meta({ description: 'Those stored, in the order sent.' }),
    errors: z
      .array(
        z.object({
          index: count('Place in the batch, from 0.'),
          code: text('Machine-readable.'),
          message: text('What was wrong and what is allowed.'),
        }),
      )
      .meta({ description: 'Those not stored.' }),
    warnings: eventCreated.shape.warnings,
  })
  .meta({ id: 'BatchResult', description: 'What became of a batch.' });

/** An event in a page: with `projections` only the named fields and the two ids. Roots of sessions have their sums. */
export const listedEvent = z
  .object({ ...event.partial().shape, ...sessionSums.partial().shape })
  .required({ event_id: true, session_id: true })
  .meta({ id: 'ListedEvent', description: 'An event in a page.' });

/** A page of events. Source: docs/contract.md, "Lists". */
export const eventPage = z
  .object({
    events: z.array(listedEvent).meta({
      description:
        'Events, newest first; of each all fields, or the ids and those that `projections` names.',
    }),
    totalEvents: z.number().meta({ description: 'Events that match, on all pages.' }),
    count: z.number().meta({ description: 'The same as `totalEvents`.' }),
  })
  .meta({ id: 'EventPage', description: 'A page of events.' });

/** One event. Its keys stand at the top level too; for a session, its tree. Source: docs/contract.md, "Events". */
export const eventEnvelope = z
  .object({
    ...event.shape,
    ...sessionSums.partial().shape,
    children: z.array(eventTree).optional().meta({
      description: 'Of a session: its events as a tree.',
    }),
    event: z.union([session, event]),
  })
  .meta({ id: 'EventEnvelope', description: 'One event.' });

/** Points of a chart. */
export const chart = z
  .object({
    events: z.array(
      z.object({
        bucket: text('Start of the bucket, ISO-8601.'),
        timestamp: count('Start of the bucket, epoch milliseconds.'),
        group: z.string().nullable().optional().meta({
          description: 'Value of `groupBy`; null where the field is absent. Only with `groupBy`.',
        }),
        value: z.number().nullable().meta({ description: 'null: no event has the number.' }),
        count: count('Events in the bucket.'),
      }),
    ),
    totalEvents: count('Events in all buckets.'),
  })
  .meta({ id: 'Chart' });

/** Field catalogue. Source: docs/contract.md, "Lists". */
export const catalogue = z
  .object({
    fields: z.array(z.object({ name: z.string(), event_type: z.string() })),
    datasets: z.array(z.string()),
    mappings: z.record(
      z.string(),
      z.array(z.object({ field_name: z.string(), event_type: z.string() })),
    ),
  })
  .meta({ id: 'EventSchema' });

/** Whether the process is alive. */
export const health = z
  .object({
    status: z.literal('ok'),
    version: text('Version of the service.'),
    uptime_ms: count('Milliseconds since the service started.'),
    timestamp: text('Now, ISO-8601.'),
  })
  .meta({ id: 'Health', description: 'The process is alive.' });

/** Whether the service can do its work, with numbers. */
export const readiness = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    store: z.object({
      ok: z.boolean(),
      latency_ms: z.number().nullable(),
      error: z.string().nullable(),
    }),
    queue: z.object({
      requests: z.number(),
      bytes: z.number(),
      max_bytes: z.number(),
      oldest_ms: z.number(),
      committed_events: z.number(),
      refused_requests: z.number(),
    }),
  })
  .meta({ id: 'Readiness' });
