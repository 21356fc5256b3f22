import { z } from 'zod';
import type { Immutable } from '../immutable.ts';
import { bucketsIn, linksIn, name, timesIn } from '../events/fields.ts';
import { eventCreated } from '../events/batch.ts';
import { event } from '../events/schemas.ts';

/** A session as clients send it; unknown keys are kept in `metadata`. Source: docs/contract.md, "Sessions". */
export const sessionIn = z
  .looseObject({
    session_name: name('Name of the session. Default: `event_name`, then `unknown`.').nullish(),
    event_name: name('Fallback for `session_name`.').nullish(),
    ...linksIn,
    ...timesIn,
    ...bucketsIn,
  })
  .meta({ id: 'SessionInput', description: 'A session to start.' });

const { project: _project, error: _error, ...strictLinks } = linksIn;
const { metrics: _metrics, feedback: _feedback, ...strictBuckets } = bucketsIn;

/** The strict form of `POST /v1/sessions`. Source: docs/contract.md, "Sessions". */
export const sessionInStrict = z
  .strictObject({
    session_name: sessionIn.shape.session_name,
    event_name: sessionIn.shape.event_name,
    ...strictLinks,
    ...timesIn,
    ...strictBuckets,
  })
  .meta({
    id: 'SessionInputStrict',
    description: 'A session to start; unknown keys are rejected.',
  });

/** The rollup of a session. `event_count` excludes the root. */
export const sessionSums = z.object({
  session_name: z.string().meta({ description: 'The same as `event_name`.' }),
  event_count: z.number().meta({ description: 'Events in the session, the root not counted.' }),
  error_count: z.number().meta({ description: 'Events of the session with an error.' }),
  partial: z
    .literal(true)
    .optional()
    .meta({ description: 'Sampling may have left out events of the session.' }),
});

/** A stored session: its root event and its rollup. */
export const session = z
  .object({ ...event.shape, ...sessionSums.shape })
  .meta({ id: 'Session', description: 'A stored session.' });

/** A session that was started. */
export const sessionStarted = z
  .object({
    ...session.shape,
    warnings: eventCreated.shape.warnings,
    queued: eventCreated.shape.queued,
    sampled: z.literal(false).optional().meta({
      description: 'Not stored: the session was excluded by `sampling_rate`.',
    }),
  })
  .meta({ id: 'SessionStarted', description: 'A session that was started.' });

/** An event with its children. */
export interface EventTree extends z.infer<typeof event> {
  children: EventTree[];
}

/** An event with its children, recursively. */
export const eventTree: z.ZodType<EventTree> = z
  .object({
    ...event.shape,
    children: z
      .lazy(() => z.array(eventTree))
      .meta({ description: 'Child events, ordered by `start_time`.' }),
  })
  .meta({ id: 'EventTree', description: 'An event with its children.' });

/** A session with its events as a tree. */
export const sessionTree = z
  .object({
    ...session.shape,
    children: z.array(eventTree).meta({
      description: 'Child events, each with its own `children`, ordered by `start_time`.',
    }),
  })
  .meta({ id: 'SessionTree', description: 'A session with its events as a tree.' });

export type WireSession = Immutable<z.infer<typeof session>>;
export type SessionIn = z.infer<typeof sessionIn>;
