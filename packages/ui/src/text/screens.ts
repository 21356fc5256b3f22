/** Words of screens that have no file of their own. */
export const screenText = {
  alertsEmpty: 'No thresholds yet',
  failedRows: 'The rows could not be loaded',
  noEvents: 'No events yet',
  noSessions: 'No sessions yet',
  nothingInRange: 'Nothing in this time range',
  nothingInRangeHint: 'Choose a wider one.',
  sendHint: 'Send the first one: it takes a minute.',
  notThere: 'This screen has nothing to show yet.',
} as const;
