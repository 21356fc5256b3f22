import { z } from 'zod';
import { count } from '../shapes.ts';
import { row } from '../explore/row.ts';

/** Data of the event `rows`: what was stored since the previous one, at most four times a second. */
export const liveRows = z
  .object({
    rows: z.array(row),
    removed: z.array(z.string()).meta({ description: 'Ids of events that were deleted.' }),
  })
  .meta({ id: 'LiveRows', description: 'Events that were stored or changed, oldest first.' });

/** Data of the event `dropped`: the reader or the service could not keep up. */
export const liveDropped = z
  .object({
    count: count('Lower bound of the matching events that were not sent.'),
    reason: z.enum(['slow_reader', 'too_many', 'resume_gap']).meta({
      description:
        '`slow_reader`: the connection is too slow; `too_many`: more events arrive than a page shows; `resume_gap`: the resume token is too old, reload the list.',
    }),
  })
  .meta({ id: 'LiveDropped', description: 'Events missing from the stream.' });

/** Data of the event `listening`: the stream is open. */
export const liveListening = z
  .object({ time: count('Clock of the service, epoch milliseconds.') })
  .meta({ id: 'LiveListening', description: 'The stream is open.' });

/** Data of the event `rejected`: a rejected write request. It contains no text from the sender. */
export const liveRejected = z
  .object({
    time: count('Epoch milliseconds.'),
    method: z.string(),
    path: z.string().meta({
      description: 'Path template of the operation; empty for unknown paths.',
    }),
    status: count('HTTP status of the response.'),
    code: z.string().meta({ description: '`errorCode` of the response.' }),
    message: z.string().meta({
      description: 'Invalid fields with what was expected, or what to do.',
    }),
    user_agent: z
      .string()
      .nullable()
      .meta({ description: 'Name and version of a known client; null: unknown.' }),
  })
  .meta({ id: 'LiveRejected', description: 'A rejected request.' });

/** Names of the events of a stream, with the shape of their data. */
export const liveEvents = {
  listening: liveListening,
  rows: liveRows,
  dropped: liveDropped,
  rejected: liveRejected,
} as const;

/** Data of the events of a stream; depends on the name of the event. */
export const stream = z
  .union(Object.values(liveEvents))
  .meta({ id: 'LiveEvent', description: 'Data of an event of a stream.' });

/** Data of the events of a stream, by the name of the event. */
export type LiveEvents = {
  readonly [Name in keyof typeof liveEvents]: z.infer<(typeof liveEvents)[Name]>;
};
