import type { Alert, AlertIn, Immutable } from 'honeyhive-wire';
import { toShownDetails } from './sealed-details.ts';

/** What of an answered alert can be set, every default filled in. */
export type AlertContent = Omit<
  Immutable<Alert>,
  | 'id'
  | 'project_id'
  | 'status'
  | 'standing'
  | 'created_at'
  | 'updated_at'
  | 'last_run_at'
  | 'last_triggered_at'
  | 'last_changed_at'
  | 'last_result'
  | 'is_muted'
  | 'muted_until'
>;

const windows = { HOURLY: '1h', DAILY: '1d', WEEKLY: '7d', MONTHLY: '30d' } as const;

const defaults = {
  description: '',
  alert_type: 'AGGREGATE',
  filters: [],
  aggregation: 'AVERAGE',
  projections: [],
  ratio: null,
  group_by: null,
  frequency: 'HOURLY',
  timezone: 'UTC',
  minimum_sample_size: 0,
  thresholds: null,
  conditions: null,
  loop: null,
  renotify_minutes: null,
  destination_ids: [],
} as const;

/** The same alert with the defaults of what it leaves out, and without what is encrypted of it. */
export function fillAlert(input: Immutable<AlertIn>): AlertContent {
  const { is_muted: _isMuted, muted_until: _until, status: _status, ...given } = input;
  const { aggregation, frequency = defaults.frequency, ratio } = given;
  const isSum = !ratio && (aggregation === 'COUNT' || aggregation === 'SUM');
  return {
    ...defaults,
    window: windows[frequency],
    missing_data: isSum ? 'zero' : 'keep',
    ...withoutUndefined(given),
    notification_details: toShownDetails(given.notification_details ?? {}),
  };
}

type Defined<Value> = { readonly [Name in keyof Value]: Exclude<Value[Name], undefined> };

const withoutUndefined = <Value extends object>(value: Value): Defined<Value> =>
  Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as Defined<Value>;
