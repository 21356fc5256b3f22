import { z } from 'zod';
import { alertIn } from './schemas.ts';

const instant = (description: string) =>
  z
    .string()
    .nullable()
    .meta({ description: `${description} ISO-8601; null: never.` });

const { shape } = alertIn;

/** What the last evaluation of an alert came to. */
const alertResult = z
  .object({
    value: z.number().nullable().meta({
      description: 'Of all events, or of the group closest to an alarm; null without data.',
    }),
    count: z.number().meta({ description: 'Events of that value that have the number.' }),
    groups: z.number().meta({ description: 'Groups that were evaluated; 1 without `group_by`.' }),
    triggered: z.number().meta({ description: 'Groups with an alarm.' }),
    left_out: z.number().meta({
      description: 'Groups beyond the limit: those furthest from an alarm are not evaluated.',
    }),
    error: z.string().nullable().meta({
      description: 'Why it could not be evaluated; its states stay. null: it was.',
    }),
  })
  .meta({ id: 'AlertResult' });

/** An alert as it is answered: everything that can be set, defaults filled in, and its state. */
export const alert = z
  .object({
    id: z.string(),
    project_id: z.string(),
    name: shape.name,
    description: z.string(),
    alert_type: shape.alert_type.unwrap(),
    filters: shape.filters.unwrap(),
    aggregation: shape.aggregation.unwrap(),
    projections: shape.projections.unwrap(),
    ratio: shape.ratio.unwrap().nullable(),
    group_by: z.string().nullable(),
    frequency: shape.frequency.unwrap(),
    window: z.string(),
    timezone: z.string(),
    minimum_sample_size: z.number(),
    thresholds: shape.thresholds.unwrap().nullable().meta({ description: 'null with LOOP.' }),
    conditions: shape.conditions.unwrap(),
    loop: shape.loop.unwrap().nullable(),
    missing_data: shape.missing_data.unwrap(),
    renotify_minutes: z.number().nullable(),
    destination_ids: z.array(z.string()),
    notification_details: shape.notification_details.unwrap(),
    is_muted: z.boolean().meta({ description: 'Whether it is muted now.' }),
    muted_until: instant('End of the mute.'),
    status: z.enum(['ACTIVE', 'TRIGGERED', 'PAUSED', 'RESOLVED']).meta({
      description:
        'TRIGGERED: a group has an alarm; RESOLVED: there was one, and it is over; ACTIVE: it never fired.',
    }),
    standing: z.boolean().meta({
      description: 'Whether it is one of the two that `alert_thresholds` of the settings make.',
    }),
    created_at: z.string().meta({ description: 'ISO-8601.' }),
    updated_at: z.string().meta({ description: 'ISO-8601.' }),
    last_run_at: instant('End of the last minute that was evaluated.'),
    last_triggered_at: instant('When it last fired.'),
    last_changed_at: instant('When an alarm of it last began, changed its level or ended.'),
    last_result: alertResult.nullable().meta({ description: 'null before the first run.' }),
  })
  .meta({ id: 'Alert', description: 'An alert.' });

/** An alert in the envelope of the control plane. */
export const alertEnvelope = z
  .object({ success: z.literal(true), data: alert })
  .meta({ id: 'AlertEnvelope' });

/** Response of `GET /v1/projects/{project_id}/alerts`. */
export const alertPage = z
  .object({
    success: z.literal(true),
    data: z.array(alert),
    pagination: z.object({
      page: z.number(),
      limit: z.number(),
      total: z.number(),
      total_pages: z.number(),
      has_next: z.boolean(),
      has_prev: z.boolean(),
    }),
  })
  .meta({ id: 'AlertPage', description: 'Alerts of a project, by name.' });

const groupValue = z.string().nullable().meta({
  description:
    'Value of `group_by`, the event with PER_EVENT, the session with LOOP; null without grouping, and for events without a value.',
});

/** A change of the state of a group. */
const alertEdge = z
  .object({
    id: z.number(),
    at: z.number().meta({ description: 'End of the window that it was seen in, epoch ms.' }),
    group: groupValue,
    edge: z.enum(['triggered', 'warning', 'resolved', 'no_data']).meta({
      description: '`triggered`: the critical threshold; `warning`: the milder one.',
    }),
    value: z.number().nullable(),
    threshold: z.number().nullable().meta({ description: 'The one that made the edge.' }),
    window_start: z.number().meta({ description: 'Epoch milliseconds, inclusive.' }),
    window_end: z.number().meta({ description: 'Epoch milliseconds, exclusive.' }),
  })
  .meta({ id: 'AlertEdge' });

/** Response of `GET …/alerts/{alert_id}/history`. */
export const alertHistory = z
  .object({
    success: z.literal(true),
    data: z.array(alertEdge),
    next: z.number().nullable().meta({
      description: 'Send it as `before` for the next page; null on the last page.',
    }),
  })
  .meta({ id: 'AlertHistory', description: 'Changes of state, newest first.' });

/** Response of `GET …/alerts/{alert_id}/groups`. */
export const alertGroups = z
  .object({
    success: z.literal(true),
    data: z.array(
      z.object({
        group: groupValue,
        status: z.enum(['ok', 'warning', 'critical', 'no_data']),
        since: z.number().meta({ description: 'Start of this status, epoch milliseconds.' }),
        value: z.number().nullable().meta({ description: 'As of the last change of status.' }),
      }),
    ),
  })
  .meta({ id: 'AlertGroups', description: 'Groups by status, those with an alarm first.' });

/** Response of `POST /v1/projects/{project_id}/alerts/backtest`. */
export const backtest = z
  .object({
    success: z.literal(true),
    data: z.object({
      from: z.number().meta({
        description: 'Epoch milliseconds; later than asked for if there are too many groups.',
      }),
      to: z.number(),
      step_ms: z.number().nullable().meta({
        description:
          'Evaluations are so far apart: a minute, or for long windows up to an hour. null with PER_EVENT and LOOP.',
      }),
      fired: z
        .number()
        .meta({ description: 'How often it would have fired, all groups together.' }),
      groups_total: z.number(),
      groups: z
        .array(
          z.object({
            group: groupValue,
            fired: z.number(),
            alarm_ms: z.number().meta({ description: 'How long it would have had an alarm.' }),
            firings: z.array(
              z.object({
                status: z.enum(['warning', 'critical', 'no_data']),
                from: z.number().meta({ description: 'Epoch milliseconds.' }),
                to: z.number().nullable().meta({ description: 'null: it lasts.' }),
                value: z.number().nullable().meta({ description: 'At its beginning.' }),
              }),
            ),
            points: z
              .array(z.object({ at: z.number(), value: z.number().nullable() }))
              .meta({ description: 'Values of at most 300 of the windows, by their ends.' }),
          }),
        )
        .meta({ description: 'Those that fired most, at most 50. With PER_EVENT and LOOP none.' }),
      events: z
        .array(z.object({ group: groupValue, at: z.number(), value: z.number() }))
        .meta({ description: 'With PER_EVENT and LOOP: the first 1,000 that would have fired.' }),
    }),
  })
  .meta({ id: 'Backtest', description: 'What an alert would have done.' });

export type Backtest = z.infer<typeof backtest>;
export type Alert = z.infer<typeof alert>;
export type AlertResult = z.infer<typeof alertResult>;
export type AlertEdge = z.infer<typeof alertEdge>;
