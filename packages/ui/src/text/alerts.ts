/** What the page of thresholds says. */
export const alertsText = {
  title: 'Alerts',
  hint: 'Thresholds of the project. They are stored and served over the API; nothing is sent when one is exceeded.',
  thresholds: 'Thresholds',
  errorRate: 'Error rate, percent',
  errorRateHint: 'Share of events with an error.',
  latency: '95th percentile of latency, milliseconds',
  latencyHint: 'Of the duration of events.',
  none: 'No threshold',
  wrongRate: 'A number from 0 to 100, or empty.',
  wrongNumber: 'A number of 0 or more, or empty.',
  others: 'Others',
} as const;
