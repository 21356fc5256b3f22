import { z } from 'zod';
import { event } from './event.ts';

/** A request that was carried out. */
export const success = z.looseObject({ success: z.literal(true) }).meta({ id: 'Success' });

/** Something that was deleted. */
export const deleted = z
  .looseObject({ success: z.literal(true), deleted: z.string() })
  .meta({ id: 'Deleted' });

/** An event that was stored. Source: contract section 1.2; keys beyond `event_id` and `success` are ours. */
export const eventCreated = z
  .looseObject({
    event_id: z.string(),
    success: z.literal(true),
    session_id: z.string(),
    event_type: z.string(),
    event_name: z.string(),
    warnings: z
      .array(
        z.looseObject({ index: z.number().optional(), field: z.string(), message: z.string() }),
      )
      .optional()
      .meta({ description: 'What was changed to make the event fit.' }),
  })
  .meta({ id: 'EventCreated' });

/** What became of a batch. Source: contract section 1.2; counts, `events`, `errors` and `warnings` are ours. */
export const batchResult = z
  .looseObject({
    event_ids: z.array(z.string()),
    session_id: z.string().optional().meta({ description: 'When all events are of one session.' }),
    success: z.literal(true),
    created_count: z.number(),
    failed_count: z.number(),
    events: z
      .array(eventCreated.omit({ success: true }))
      .meta({ description: 'Those stored, in the order sent.' }),
    errors: z.array(z.looseObject({ index: z.number(), code: z.string(), message: z.string() })),
    warnings: eventCreated.shape.warnings,
  })
  .meta({ id: 'BatchResult' });

/** A page of events. Source: contract section 1.2: `totalEvents` (classic) and `count` (data plane) are the same number. */
export const eventPage = z
  .looseObject({
    events: z
      .array(z.record(z.string(), z.unknown()))
      .meta({ description: 'Events, newest first.' }),
    totalEvents: z.number().meta({ description: 'Events that match, on all pages.' }),
    count: z.number().meta({ description: 'The same as `totalEvents`.' }),
  })
  .meta({ id: 'EventPage' });

/** One event. Its keys stand at the top level too; for a session, its tree. Source: contract section 1.2. */
export const eventEnvelope = z.looseObject({ event }).meta({ id: 'EventEnvelope' });

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
    version: z.string(),
    uptime_ms: z.number(),
    timestamp: z.string(),
  })
  .meta({ id: 'Health' });

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
