import { z } from 'zod';
import { count } from '../shapes.ts';
import { row } from '../explore/row.ts';

/** Data of the event `rows`: what was stored since the one before, at most four times a second. */
export const liveRows = z
  .object({
    rows: z.array(row),
    removed: z.array(z.string()).meta({ description: 'Ids of events that were deleted.' }),
  })
  .meta({ id: 'LiveRows', description: 'Events that were stored or changed, oldest first.' });

/** Data of the event `dropped`: the reader or the service could not keep up. */
export const liveDropped = z
  .object({
    count: count('Events that matched and are not sent, at least.'),
    reason: z.enum(['slow_reader', 'too_many', 'resume_gap']).meta({
      description:
        '`slow_reader`: the connection takes them too slowly; `too_many`: more come than a page shows; `resume_gap`: the resume token is too old, load the list again.',
    }),
  })
  .meta({ id: 'LiveDropped', description: 'Events that are left out of the stream.' });

/** Data of the event `listening`: the stream is open. */
export const liveListening = z
  .object({ time: count('Clock of the service, epoch milliseconds.') })
  .meta({ id: 'LiveListening', description: 'The stream is open.' });

/** Data of the event `rejected`: a request to store something that was refused. Nothing in it is text of whoever sent it. */
export const liveRejected = z
  .object({
    time: count('Epoch milliseconds.'),
    method: z.string(),
    path: z.string().meta({
      description:
        'Path of the operation, with `{name}` for what varies; empty when no operation has the path.',
    }),
    status: count('HTTP status that was answered.'),
    code: z.string().meta({ description: '`errorCode` that was answered.' }),
    message: z.string().meta({
      description: 'Which fields were wrong and what was expected, or what to do about it.',
    }),
    user_agent: z
      .string()
      .nullable()
      .meta({ description: 'Name and version of a known client; null: another.' }),
  })
  .meta({ id: 'LiveRejected', description: 'A request that was refused.' });

/** What the events of a stream are called, and the shape of their data. */
export const liveEvents = {
  listening: liveListening,
  rows: liveRows,
  dropped: liveDropped,
  rejected: liveRejected,
} as const;

/** Data of the events of a stream; the name of each event says which. */
export const stream = z
  .union(Object.values(liveEvents))
  .meta({ id: 'LiveEvent', description: 'Data of an event of a stream.' });

/** Data of the events of a stream, by the name of the event. */
export type LiveEvents = {
  readonly [Name in keyof typeof liveEvents]: z.infer<(typeof liveEvents)[Name]>;
};
