/** Numbers of an event that charts and alerts offer. */
export const metricPaths: readonly string[] = [
  'duration',
  'total_tokens',
  'prompt_tokens',
  'completion_tokens',
  'cost_usd',
  'error',
];
