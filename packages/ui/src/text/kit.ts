export const kitText = {
  unnamed: '(no name)',
  close: 'Close',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  failed: 'That did not work',
  loading: 'Loading',
  notifications: 'Notifications',
  noPermission: 'Your key has no access to this',
  noPermissionHint: 'Sign in with a key that has access to it.',
  retry: 'Try again',
  atLeast: (cost: string) => `≥ ${cost}`,
  unknownCost: 'unknown',
  unknownCosts: (count: number) =>
    count === 1
      ? 'The cost of 1 event is unknown: its model has no price.'
      : `The costs of ${count} events are unknown: their models have no price.`,
} as const;
