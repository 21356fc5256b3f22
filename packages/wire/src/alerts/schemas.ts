import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import { filterList, timezone } from '../explore/selection.ts';
import { epochMs, id, instantIn, jsonObject } from '../shapes.ts';

/** Kinds of alerts. Source: docs/contract.md, "Alerts"; `LOOP` is ours. */
export const alertTypes = ['AGGREGATE', 'DRIFT', 'PER_EVENT', 'LOOP'] as const;

/** What the numbers of a window are made into. Source: docs/contract.md, "Alerts". */
export const alertAggregations = [
  'AVERAGE',
  'COUNT',
  'SUM',
  'MIN',
  'MAX',
  'P90',
  'P95',
  'P99',
  'MEDIAN',
] as const;

/** How a value is compared with a threshold. Source: docs/contract.md, "Alerts". */
export const alertOperators = ['greater_than', 'less_than', 'equal_to'] as const;

export const alertFrequencies = ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY'] as const;

export const missingDataRules = ['keep', 'zero', 'alert'] as const;

const threshold = z
  .strictObject({ operator: z.enum(alertOperators), value: z.number() })
  .meta({ id: 'AlertThreshold', description: 'What a value is compared with.' });

const thresholds = z
  .strictObject({
    critical: threshold,
    warning: threshold
      .optional()
      .meta({ description: 'A milder level, such as the soft limit of a budget. Ours.' }),
    resolved: threshold.optional().meta({
      description:
        'What ends an alarm. Default: that `critical` does not hold any more. The vendor requires it.',
    }),
  })
  .meta({ id: 'AlertThresholds', description: 'When an alert fires, and when it is over.' });

const projections = z.array(z.string().min(1).max(1024)).max(1).meta({
  description:
    'The number to aggregate, as in `metric` of a chart: `duration`, `cost_usd`, `error`, a dotted path. None with COUNT of all events.',
});

const ratio = z.strictObject({ filters: filterList }).meta({
  description:
    'Takes the place of `aggregation` and `projections`: the share of the events that meet these filters as well, 0 to 1. Ours.',
});

const measure = {
  aggregation: z
    .enum(alertAggregations)
    .optional()
    .meta({ description: 'Default AVERAGE. COUNT counts events that have the number.' }),
  projections: projections.optional(),
  ratio: ratio.optional(),
};

const condition = z
  .strictObject({ ...measure, ...threshold.shape })
  .meta({ id: 'AlertCondition', description: 'A further condition on the same events.' });

const conditions = z
  .strictObject({
    match: z.enum(['all', 'any']).meta({
      description:
        '`all`: an alarm needs the threshold and each of these; `any`: one of these is enough, too.',
    }),
    of: z.array(condition).min(1).max(limits.alertConditions),
  })
  .meta({ description: 'Further conditions on the same events and group. Ours.' });

const positive = z.number().gt(0).optional();

const loop = z
  .strictObject({
    repeats: positive.meta({ description: 'Calls of one tool with the same inputs.' }),
    steps: positive.meta({ description: 'Events of the session.' }),
    minutes: positive.meta({ description: 'From its first event to its latest.' }),
    cost_usd: positive.meta({ description: 'What its events cost.' }),
  })
  .meta({
    description:
      'With LOOP: a session fires once it reaches any of these while events of it arrive. Ours.',
  });

const details = z
  .looseObject({
    channel: z.enum(['EMAIL', 'SLACK', 'WEBHOOK']).optional(),
    metadata: jsonObject('What the channel needs, such as a URL.').optional(),
    user_ids: z.array(z.string().max(limits.idChars)).max(100).optional(),
  })
  .meta({ description: 'A channel, as the vendor names it.' });

const name = z.string().min(1).max(200).regex(/\S/, 'must not be blank');

/** What a caller may set; each has a default except `name`. */
const content = {
  description: z.string().max(2_000).optional(),
  alert_type: z.enum(alertTypes).optional().meta({
    description:
      'AGGREGATE, the default: a number of the window. DRIFT: its change against the window before, in percent. PER_EVENT: each event. LOOP: sessions that repeat themselves.',
  }),
  filters: filterList,
  ...measure,
  ratio: ratio.nullish(),
  group_by: z
    .string()
    .min(1)
    .max(1024)
    .nullish()
    .meta({
      description: `A field to group by: one alarm for each of at most ${limits.alertGroups} groups. Ours.`,
    }),
  frequency: z.enum(alertFrequencies).optional().meta({
    description:
      'Default of `window`: 1h, 1d, 7d or 30d. Every alert is evaluated each minute. Default HOURLY.',
  }),
  window: z
    .string()
    .regex(
      /^(?:[1-9]\d{0,4}[mhd]|day|week|month)$/,
      'expected minutes, hours or days such as `5m`, `1h` or `30d`, or `day`, `week` or `month`',
    )
    .optional()
    .meta({
      description:
        'What is aggregated: the last `5m`, `1h`, `30d`, … from one minute to 31 days; `day`, `week` and `month` begin with that of the calendar. Ours.',
    }),
  timezone: timezone.meta({ description: 'IANA name for calendar windows. Default `UTC`. Ours.' }),
  minimum_sample_size: z.number().int().min(0).max(1e9).optional().meta({
    description: 'With fewer events that have the number, the state stays. Default 0.',
  }),
  thresholds: thresholds.nullish().meta({ description: 'Required except with LOOP.' }),
  conditions: conditions.nullish(),
  loop: loop.nullish(),
  missing_data: z.enum(missingDataRules).optional().meta({
    description:
      'When no event has the number: `keep` the state, take it as `zero`, or `alert`. Default `zero` for COUNT and SUM, else `keep`. Ours.',
  }),
  renotify_minutes: z.number().int().min(1).max(43_200).nullish().meta({
    description: 'Notify again while an alarm lasts. Default: once. Ours.',
  }),
  destination_ids: z
    .array(id('Id of a destination.'))
    .max(limits.alertDestinations)
    .optional()
    .meta({ description: 'Where notifications are sent. Ours.' }),
  notification_details: z
    .strictObject({
      critical: details.optional(),
      warning: details.optional(),
      resolved: details.optional(),
    })
    .optional()
    .meta({ description: 'Channels, as the vendor names them.' }),
  is_muted: z
    .boolean()
    .optional()
    .meta({ description: 'Evaluated, without notifications. Default false.' }),
  muted_until: instantIn('Until then, it counts as muted.').nullish(),
  status: z.enum(['ACTIVE', 'PAUSED', 'RESOLVED']).optional().meta({
    description:
      'PAUSED is not evaluated; RESOLVED ends the alarms of the alert until there is a new reason for one.',
  }),
};

/** Body of `POST /v1/projects/{project_id}/alerts`. */
export const alertIn = z
  .strictObject({ name, ...content })
  .meta({ id: 'AlertInput', description: 'An alert to make.' });

/** Body of `PATCH /v1/projects/{project_id}/alerts/{alert_id}`. */
export const alertPatch = z
  .strictObject({ name: name.optional(), ...content })
  .meta({ id: 'AlertPatch', description: 'What to change; what is left out stays.' });

/** Body of `POST /v1/projects/{project_id}/alerts/backtest`. */
export const backtestIn = z
  .strictObject({
    name: name.optional(),
    ...content,
    from: epochMs('Start, inclusive. Default: 30 days before the end.').optional(),
    to: epochMs('End, exclusive, at most 31 days after the start. Default: now.').optional(),
  })
  .meta({ id: 'BacktestInput', description: 'An alert to test on past events.' });

export type AlertIn = z.infer<typeof alertIn>;
export type AlertPatch = z.infer<typeof alertPatch>;
export type BacktestIn = z.infer<typeof backtestIn>;
