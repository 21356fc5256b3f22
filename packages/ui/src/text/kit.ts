export const kitText = {
  unnamed: '(no name)',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  failed: 'That did not work',
  loading: 'Loading',
  notifications: 'Notifications',
  noPermission: 'Your key has no access to this',
  noPermissionHint: 'Sign in with a key that has access to it.',
  retry: 'Try again',
} as const;
