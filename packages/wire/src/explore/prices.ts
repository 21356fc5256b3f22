import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { count, text } from '../shapes.ts';
import { projectName } from './selection.ts';

const dollars = (description: string) => z.number().min(0).max(1_000_000).meta({ description });

/** A price that a project sets for models, in `prices` of its settings. */
export const modelPrice = z
  .strictObject({
    model: z.string().min(1).max(limits.nameChars).meta({
      description:
        'Name of the model, or `provider/model`; `*` stands for any text. Case does not matter.',
    }),
    input: dollars('US dollars per million prompt tokens.'),
    output: dollars('US dollars per million completion tokens.'),
    cache_read: dollars('Per million tokens read from a cache. Default: as `input`.').optional(),
    cache_write: dollars('Per million tokens written to a cache. Default: as `input`.').optional(),
  })
  .meta({ id: 'ModelPrice', description: 'What a model costs.' });

/** `prices` in the settings of a project: the first whose pattern matches counts, before the price table. */
export const modelPrices = z.array(modelPrice).max(limits.modelPrices);

/** Body of `POST /v1/explore/prices`. */
export const pricesQuery = z
  .strictObject({
    project: projectName,
    from: z.number().optional().meta({ description: 'Epoch milliseconds. Default: 30 days ago.' }),
  })
  .meta({ id: 'PricesQuery', description: 'Which prices to return.' });

/** Response of `POST /v1/explore/prices`. */
export const prices = z
  .object({
    table: z
      .object({
        version: text('Version of the package `@pydantic/genai-prices`.'),
        date: text('Day of its release, ISO-8601.'),
      })
      .nullable()
      .meta({ description: 'The bundled price table; null if costs are not computed.' }),
    overrides: modelPrices.meta({ description: 'Prices that the project set.' }),
    unknown: z.object({
      events: count('Events since `from` that used tokens of a model without a price.'),
      models: z
        .array(
          z.object({
            model: text('Empty if not reported.'),
            events: count('Events of the model.'),
            total_tokens: count('Their tokens.'),
            last_time: count('Start of the latest, epoch milliseconds.'),
          }),
        )
        .meta({ description: `The ${limits.pageOfModels} with the most events.` }),
    }),
  })
  .meta({ id: 'Prices', description: 'Prices of models, and models without a price.' });

/** Body of `POST /v1/explore/reprice`. */
export const repriceQuery = z
  .strictObject({
    project: projectName,
    since: z.number().meta({ description: 'Epoch milliseconds: events that began then or later.' }),
    dry_run: z.boolean().optional().meta({ description: 'true: changes nothing. Default false.' }),
    cursor: z
      .string()
      .max(2048)
      .optional()
      .meta({ description: '`next_cursor` of the response before. Default: begin.' }),
  })
  .meta({ id: 'RepriceQuery', description: 'Which computed costs to compute again.' });

/** Response of `POST /v1/explore/reprice`. */
export const repriced = z
  .object({
    checked: count('Events whose cost was computed again: those that their sender priced are not.'),
    changed: count('Those whose cost changed.'),
    unknown: count('Those of models that have no price.'),
    cost_before: z.number().meta({ description: 'US dollars: sum of the changed events.' }),
    cost_after: z.number().meta({ description: 'US dollars: the same with the new prices.' }),
    reached: z
      .number()
      .nullable()
      .meta({ description: 'Start of the last checked event, epoch milliseconds.' }),
    next_cursor: z.string().nullable().meta({ description: 'null when all are done.' }),
  })
  .meta({ id: 'Repriced', description: 'Costs that were computed again.' });

export type Prices = z.infer<typeof prices>;
export type Repriced = z.infer<typeof repriced>;
export type ModelPrice = z.infer<typeof modelPrice>;
