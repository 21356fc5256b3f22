import { z } from 'zod';
import type { Immutable } from '../immutable.ts';
import { eventTree, session, sessionSums } from '../sessions/schemas.ts';
import { count, text } from '../shapes.ts';
import { event } from './schemas.ts';

/** An event in a page: with `projections` only the named fields and the two ids. Session roots include rollups. */
export const listedEvent = z
  .object({ ...event.partial().shape, ...sessionSums.partial().shape })
  .required({ event_id: true, session_id: true })
  .meta({ id: 'ListedEvent', description: 'An event in a page.' });

/** A page of events. Source: docs/contract.md, "Lists". */
export const eventPage = z
  .object({
    events: z.array(listedEvent).meta({
      description:
        'Events, newest first; each with all fields, or with the ids and those in `projections`.',
    }),
    totalEvents: z.number().meta({ description: 'Events that match, on all pages.' }),
    count: z.number().meta({ description: 'The same as `totalEvents`.' }),
  })
  .meta({ id: 'EventPage', description: 'A page of events.' });

/** One event. Its keys are also at the top level; for a session, its tree. Source: docs/contract.md, "Events". */
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

export type ListedEvent = Immutable<z.infer<typeof listedEvent>>;
