import { z } from 'zod';
import { eventTypes } from 'honeyhive-facts';
import type { Immutable } from '../immutable.ts';
import { epochMs, id, jsonObject, text } from '../shapes.ts';
import { bucketsIn, linksIn, name, timesIn } from './fields.ts';

/** The four kinds of event. Source: docs/contract.md, "Events". */
export const eventType = z.enum(eventTypes).meta({ description: 'Kind of the event.' });

/** An event as clients send it; unknown keys are kept in `metadata`. Source: docs/contract.md, "Events". */
export const eventIn = z
  .looseObject({
    event_id: id(
      'The idempotency key: the same id twice is one event. Default: made by the server.',
    ).nullish(),
    event_type: z.string().meta({ description: 'One of `session`, `model`, `tool`, `chain`.' }),
    event_name: name('Name of the step. Default `unknown`.').nullish(),
    parent_id: id('Parent event. Default: the session.').nullish(),
    ...linksIn,
    ...timesIn,
    ...bucketsIn,
  })
  .meta({ id: 'EventInput', description: 'An event to store.' });

/** The strict form of `/v1` paths: unknown keys are refused. Source: docs/contract.md, "Generations". */
export const eventInStrict = z
  .strictObject({
    ...eventIn.shape,
    project_id: z.string().nullish(),
    event_type: eventType,
    inputs: jsonObject('What the step was given.'),
  })
  .meta({ id: 'EventInputStrict', description: 'An event to store; unknown keys are refused.' });

const patchShape = {
  metadata: bucketsIn.metadata,
  feedback: bucketsIn.feedback,
  metrics: bucketsIn.metrics,
  outputs: bucketsIn.outputs,
  config: bucketsIn.config,
  user_properties: bucketsIn.user_properties,
  duration: timesIn.duration,
  end_time: timesIn.end_time,
  children_ids: linksIn.children_ids,
};

/** What an update may change; other keys are ignored. */
export const eventPatchFields = z.looseObject(patchShape);

/** Body of `PUT /events`: null and absent both leave a field as it is. Source: docs/contract.md, "Updates". */
export const eventPatch = z
  .looseObject({ event_id: id('The event to update.'), ...patchShape })
  .meta({ id: 'EventUpdate', description: 'Fields to change; other keys are ignored.' });

/** Body of `PUT /v1/events/{event_id}`. */
export const eventPatchById = z
  .strictObject({ ...patchShape, outputs: jsonObject('Replaces the outputs.').nullish() })
  .meta({ id: 'EventUpdateStrict', description: 'Fields to change; unknown keys are refused.' });

/** A stored event. Source: docs/contract.md, "Events"; `project`, `created_at`, `updated_at` are ours. */
export const event = z
  .object({
    event_id: z
      .string()
      .meta({ description: 'For the root of a session, the same as `session_id`.' }),
    session_id: z.string().meta({ description: 'Session the event belongs to.' }),
    parent_id: z.string().nullable().meta({ description: 'null for the root of a session.' }),
    children_ids: z.array(z.string()).meta({ description: 'Ids of child events.' }),
    event_type: eventType,
    event_name: z.string().meta({ description: 'Name of the step.' }),
    source: z.string().meta({ description: 'Environment label, such as `production`.' }),
    error: z.string().nullable().meta({ description: 'null when the step went well.' }),
    start_time: epochMs('When the step began, epoch milliseconds.'),
    end_time: epochMs('When the step ended, epoch milliseconds.').optional(),
    duration: z.number().meta({ description: 'Milliseconds.' }),
    config: jsonObject('Model, provider, hyperparameters, template.'),
    inputs: jsonObject('What the step was given.'),
    outputs: jsonObject('What the step produced.'),
    metadata: jsonObject('Anything else, token counts and cost among it.'),
    metrics: jsonObject('Scores by name.'),
    feedback: jsonObject('`rating`, `comment`, `ground_truth`.'),
    user_properties: jsonObject('Who the application acted for.'),
    project: z.string().meta({ description: 'Name of the project.' }),
    project_id: z.string().meta({ description: 'Id of the project.' }),
    org_id: z.string().meta({ description: 'Id of the organisation.' }),
    workspace_id: z
      .string()
      .meta({ description: 'Id of the workspace: that of the organisation.' }),
    created_at: z.string().meta({ description: 'When the event was first stored, ISO-8601.' }),
    updated_at: z.string().meta({ description: 'When the event was last changed, ISO-8601.' }),
  })
  .meta({ id: 'Event', description: 'A stored event.' });

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

export type WireEvent = Immutable<z.infer<typeof event>>;
export type EventIn = z.infer<typeof eventIn>;
export type EventPatchIn = z.infer<typeof eventPatchFields>;
