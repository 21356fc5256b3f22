import { z } from 'zod';

const rate = z.number().min(0).max(1);

/** Settings of a project, as sent: merged into what is stored. Source: docs/contract.md, "Settings". */
export const settingsIn = z
  .looseObject({
    sampling_rate: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ description: 'Share of sessions to keep, 0 to 1.' }),
    sampling_by_source: z.record(z.string(), rate).nullish().meta({
      description:
        'Share of sessions to keep by `source`, instead of `sampling_rate`; at most 100 sources.',
    }),
    sampling_by_event_type: z
      .strictObject({ model: rate.optional(), tool: rate.optional(), chain: rate.optional() })
      .nullish()
      .meta({
        description:
          'Share of sessions that keep their events of this type; at most that of the session.',
      }),
    keep_errors: z.boolean().nullish().meta({
      description:
        'Keep sessions with an error, whatever the rate; from the error on, and what came before it as long as that is held.',
    }),
    keep_feedback: z
      .boolean()
      .nullish()
      .meta({ description: 'The same for sessions with feedback.' }),
    retention_days: z
      .number()
      .int()
      .min(1)
      .max(36_500)
      .nullish()
      .meta({ description: 'Days to keep events; null keeps them indefinitely.' }),
    payload_retention_days: z.number().int().min(1).max(36_500).nullish().meta({
      description:
        'Days to keep inputs and outputs; the rest of the events stays, with usage and cost. null: as long as the events.',
    }),
    alert_thresholds: z
      .looseObject({
        error_rate: z
          .number()
          .min(0)
          .max(1)
          .nullish()
          .meta({ description: 'Share of events with an error, 0 to 1.' }),
        latency_p95: z.number().min(0).nullish().meta({ description: 'Milliseconds.' }),
      })
      .catchall(z.number().nullable())
      .nullish()
      .meta({ description: 'Numbers by name, merged one by one; null removes one.' }),
  })
  .meta({
    id: 'ProjectSettingsInput',
    description: 'Settings to change; other keys are kept as given.',
  });

/** Settings of a project. */
export const settings = z
  .looseObject({
    project: z.string().meta({ description: 'Name of the project.' }),
    sampling_rate: z
      .number()
      .meta({ description: 'Share of sessions to keep, 0 to 1. Default 1.' }),
    sampling_by_source: z
      .record(z.string(), z.number())
      .meta({ description: 'Share of sessions to keep, 0 to 1, by their source.' }),
    sampling_by_event_type: z
      .record(z.string(), z.number())
      .meta({ description: 'Share of sessions that keep their events of a type, 0 to 1.' }),
    keep_errors: z
      .boolean()
      .meta({ description: 'Whether sessions with an error are kept, whatever the rate.' }),
    keep_feedback: z
      .boolean()
      .meta({ description: 'Whether sessions with feedback are kept, whatever the rate.' }),
    retention_days: z
      .number()
      .nullable()
      .meta({ description: 'null: events are kept indefinitely.' }),
    payload_retention_days: z
      .number()
      .nullable()
      .meta({ description: 'null: inputs and outputs are kept as long as their events.' }),
    alert_thresholds: z.record(z.string(), z.number()).meta({
      description: '`error_rate` 0 to 1, `latency_p95` in milliseconds, and others by name.',
    }),
    alert_states: z
      .record(
        z.string(),
        z.object({
          status: z.enum(['ACTIVE', 'TRIGGERED', 'PAUSED', 'RESOLVED']),
          value: z
            .number()
            .nullable()
            .meta({ description: 'Of the last hour; null without data.' }),
          last_run_at: z.string().nullable().meta({ description: 'ISO-8601; null: never.' }),
          last_triggered_at: z.string().nullable().meta({ description: 'ISO-8601; null: never.' }),
        }),
      )
      .meta({
        description:
          'State of the alerts that the thresholds `error_rate` and `latency_p95` make, by name.',
      }),
    updated_at: z.string().meta({ description: 'When the settings were last changed, ISO-8601.' }),
  })
  .meta({ id: 'ProjectSettings', description: 'Settings of a project.' });

export type ProjectSettings = z.infer<typeof settings>;
export type SettingsIn = z.infer<typeof settingsIn>;
