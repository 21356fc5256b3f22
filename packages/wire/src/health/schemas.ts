import { z } from 'zod';
import { count, text } from '../shapes.ts';

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
    spool: z
      .object({
        requests: z.number(),
        bytes: z.number(),
        max_bytes: z.number(),
        oldest_ms: z.number(),
      })
      .optional()
      .meta({ description: 'What waits on the disk until the event store is back.' }),
    text_index: z
      .object({ hours: z.number(), indexed_hours: z.number() })
      .meta({ description: 'Hours with events; text searches read those not indexed in full.' }),
  })
  .meta({ id: 'Readiness' });
