import type { FilterType } from './filter-operators.ts';

/**
 * Root fields of an event that a filter, a metric or a grouping may name, each with its type. The most useful come
 * first: suggestions keep this order.
 */
export const rootFields = {
  event_type: 'string',
  event_name: 'string',
  error: 'string',
  duration: 'number',
  model: 'string',
  user: 'string',
  total_tokens: 'number',
  prompt_tokens: 'number',
  completion_tokens: 'number',
  cost_usd: 'number',
  cost_source: 'string',
  source: 'string',
  api_key_id: 'string',
  start_time: 'datetime',
  end_time: 'datetime',
  session_id: 'string',
  event_id: 'string',
  parent_id: 'string',
  session_name: 'string',
  project_id: 'string',
  children_ids: 'string',
  created_at: 'datetime',
  updated_at: 'datetime',
} as const satisfies Readonly<Record<string, FilterType>>;

export type RootField = keyof typeof rootFields;

/** Whether a name is that of a root field. */
export const isRootField = (name: string): name is RootField => Object.hasOwn(rootFields, name);
