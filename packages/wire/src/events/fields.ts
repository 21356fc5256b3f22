import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { durationMs, id, instantIn, jsonObject, segment } from '../shapes.ts';

export const name = (description: string) => z.string().max(limits.nameChars).meta({ description });
const source = z
  .string()
  .max(limits.sourceChars)
  .meta({ description: 'Environment label, such as `production`. Default `unknown`.' });

/** Shapes shared by everything that carries the free-form buckets. */
export const bucketsIn = {
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

export const timesIn = {
  start_time: instantIn('When the step began. Default: now.').nullish(),
  end_time: instantIn('When the step ended. Default: `start_time + duration`.').nullish(),
  duration: durationMs('Milliseconds. Default: `end_time - start_time`.').nullish(),
};

export const linksIn = {
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
