import { z } from 'zod';
import { event } from './event.ts';

const text = (description: string) => z.string().meta({ description });
const count = (description: string) => z.number().meta({ description });

/** A request that was carried out. */
export const success = z
  .looseObject({ success: z.literal(true) })
  .meta({ id: 'Success', description: 'The request was carried out.' });

/** Something that was deleted. */
export const deleted = z
  .looseObject({ success: z.literal(true), deleted: text('Id of what was deleted.') })
  .meta({ id: 'Deleted', description: 'Something was deleted.' });

/** An event that was stored. Source: contract section 1.2; keys beyond `event_id` and `success` are ours. */
export const eventCreated = z
  .looseObject({
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
        z.looseObject({
          index: z.number().optional().meta({ description: 'Place in the batch, from 0.' }),
          field: text('Path of the field.'),
          message: text('What was changed.'),
        }),
      )
      .optional()
      .meta({ description: 'What was changed to make the event fit.' }),
  })
  .meta({ id: 'EventCreated', description: 'An event that was stored.' });

/** What became of a batch. Source: contract section 1.2; counts, `events`, `errors` and `warnings` are ours. */
export const batchResult = z
  .looseObject({
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
        z.looseObject({
          index: count('Place in the batch, from 0.'),
          code: text('Machine-readable.'),
          message: text('What was wrong and what is allowed.'),
        }),
      )
      .meta({ description: 'Those not stored.' }),
    warnings: eventCreated.shape.warnings,
  })
  .meta({ id: 'BatchResult', description: 'What became of a batch.' });

/** A page of events. Source: contract section 1.2: `totalEvents` (classic) and `count` (data plane) are the same number. */
export const eventPage = z
  .looseObject({
    events: z
      .array(z.record(z.string(), z.unknown()))
      .meta({ description: 'Events, newest first.' }),
    totalEvents: z.number().meta({ description: 'Events that match, on all pages.' }),
    count: z.number().meta({ description: 'The same as `totalEvents`.' }),
  })
  .meta({ id: 'EventPage', description: 'A page of events.' });

/** One event. Its keys stand at the top level too; for a session, its tree. Source: contract section 1.2. */
export const eventEnvelope = z
  .looseObject({ event })
  .meta({ id: 'EventEnvelope', description: 'One event.' });

/** Points of a chart. */
export const chart = z
  .looseObject({ events: z.array(z.record(z.string(), z.unknown())), totalEvents: z.number() })
  .meta({ id: 'Chart' });

/** Field catalogue. Source: contract section 1.2, GET /v1/events/schema. */
export const catalogue = z
  .looseObject({
    fields: z.array(z.looseObject({ name: z.string(), event_type: z.string() })),
    datasets: z.array(z.string()),
    mappings: z.record(
      z.string(),
      z.array(z.looseObject({ field_name: z.string(), event_type: z.string() })),
    ),
  })
  .meta({ id: 'EventSchema' });

/** Whether the process is alive. */
export const health = z
  .looseObject({
    status: z.literal('ok'),
    version: text('Version of the service.'),
    uptime_ms: count('Milliseconds since the service started.'),
    timestamp: text('Now, ISO-8601.'),
  })
  .meta({ id: 'Health', description: 'The process is alive.' });

/** Whether the service can do its work, with numbers. */
export const readiness = z
  .looseObject({
    status: z.enum(['ready', 'not_ready']),
    store: z.looseObject({
      ok: z.boolean(),
      latency_ms: z.number().nullable(),
      error: z.string().nullable(),
    }),
    queue: z.looseObject({
      requests: z.number(),
      bytes: z.number(),
      max_bytes: z.number(),
      oldest_ms: z.number(),
      committed_events: z.number(),
      refused_requests: z.number(),
    }),
  })
  .meta({ id: 'Readiness' });
