export const signInText = {
  title: 'Sign in to honeyhive',
  label: 'API key',
  placeholder: 'hh_…',
  submit: 'Sign in',
  hint: 'The service prints a key at its first start. Another one:',
  command: 'npm run honeyhive -- keys create --name me',
  usedLink: 'The link was used before, or is too old.',
  unknown: 'The service could not say who is signed in',
} as const;
