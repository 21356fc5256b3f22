export const signInText = {
  title: 'Sign in to honeyhive',
  label: 'API key',
  placeholder: 'hh_…',
  submit: 'Sign in',
  hint: 'The service prints a key at its first start. To create another one:',
  command: 'npm run honeyhive -- keys create --name me',
  usedLink: 'The link was already used, or has expired.',
  unknown: 'The sign-in could not be checked',
} as const;
