import { z } from 'zod';
import { eventTypes, limits } from 'honeyhive-facts';
import { durationMs, epochMs, id, instantIn, jsonObject, segment } from './json.ts';

/** The four kinds of event. Source: docs/contract.md, "Events". */
export const eventType = z.enum(eventTypes).meta({ description: 'Kind of the event.' });

const name = (description: string) => z.string().max(limits.nameChars).meta({ description });
const source = z
  .string()
  .max(limits.sourceChars)
  .meta({ description: 'Environment label, such as `production`. Default `unknown`.' });

/** Shapes shared by everything that carries the free-form buckets. */
const bucketsIn = {
  config: jsonObject('Model, provider, hyperparameters, template.').nullish(),
  inputs: jsonObject('What the step was given.').nullish(),
  outputs: z.unknown().optional().meta({
    description: 'What the step produced: an object; anything else is kept as `{value}`.',
  }),
  metadata: jsonObject(
    'Anything else: `prompt_tokens`, `completion_tokens`, `total_tokens`, `cost`, run linkage.',
  ).nullish(),
  metrics: jsonObject('Scores: numbers, booleans or strings by name.').nullish(),
  feedback: jsonObject('`rating`, `comment`, `ground_truth`.').nullish(),
  user_properties: jsonObject('Who the application acted for: `user_id` and the like.').nullish(),
};

const timesIn = {
  start_time: instantIn('When the step began. Default: now.').nullish(),
  end_time: instantIn('When the step ended. Default: `start_time + duration`.').nullish(),
  duration: durationMs('Milliseconds. Default: `end_time - start_time`.').nullish(),
};

const linksIn = {
  project: segment(z.string().max(limits.projectNameChars))
    .nullish()
    .meta({ description: 'Project name or id; ignored when the key is bound to a project.' }),
  session_id: id('Session the event belongs to. Default: made by the server.').nullish(),
  children_ids: z
    .array(z.string())
    .max(limits.childrenIds)
    .nullish()
    .meta({ description: 'Ids of child events.' }),
  source: source.nullish(),
  error: z
    .unknown()
    .optional()
    .meta({ description: 'What went wrong, as text; anything else is kept as JSON text.' }),
};

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
  .meta({ id: 'SessionInputStrict', description: 'A session to start; unknown keys are refused.' });

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

/** What the events of a session add up to. `event_count` leaves the root out. */
export const sessionSums = z.object({
  session_name: z.string().meta({ description: 'The same as `event_name`.' }),
  event_count: z.number().meta({ description: 'Events in the session, the root not counted.' }),
  error_count: z.number().meta({ description: 'Events of the session with an error.' }),
});

/** A stored session: its root event and what its events add up to. */
export const session = z
  .object({ ...event.shape, ...sessionSums.shape })
  .meta({ id: 'Session', description: 'A stored session.' });

/** A session that was started. */
export const sessionStarted = z
  .object({
    ...session.shape,
    sampled: z.literal(false).optional().meta({
      description: 'Not stored: the session is none of those that `sampling_rate` keeps.',
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
