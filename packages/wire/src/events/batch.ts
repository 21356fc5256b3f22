import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import type { Immutable } from '../immutable.ts';
import { count, jsonObject, text } from '../shapes.ts';

export const eventList = z.array(z.unknown()).min(1).max(limits.batchEvents).meta({
  description:
    'Events to store, each checked by itself: one that cannot be stored costs none of the others.',
});

export const batchSession = {
  session: jsonObject('Properties of the session that the events share.').nullish(),
  session_properties: jsonObject('Properties of the session that the events share.').nullish(),
  is_single_session: z
    .boolean()
    .nullish()
    .meta({ description: 'All events without a session id share one.' }),
  single_session: z
    .boolean()
    .nullish()
    .meta({ description: 'All events without a session id share one.' }),
};

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

export type EventCreated = Immutable<z.infer<typeof eventCreated>>;
export type BatchResult = Immutable<z.infer<typeof batchResult>>;
