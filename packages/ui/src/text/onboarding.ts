/** What the page says that shows how to send the first event. */
export const onboardingText = {
  title: 'Send data',
  keyStep: 'Make a key',
  keyHint:
    'It goes into the snippets below and is shown only now. You can also paste one you have.',
  makeKey: 'Create key',
  keyName: (day: string) => `Sending, made ${day}`,
  keyMade: 'Copy it now: it is not shown again.',
  keyFailed: 'No key was made',
  keyNotAllowed:
    'The key you signed in with may not make others. Use one you have in the snippets.',
  copyKey: 'Copy key',
  ownKey: 'Key to put into the snippets',
  ownKeyHint: 'Stays in this page; not stored, not sent.',
  snippetStep: 'Send an event',
  snippets: 'Languages',
  copySnippet: 'Copy',
  after: 'It appears below within two seconds.',
  clientNote:
    'Save it as first.mjs where the service was started, and run it with node first.mjs: the client is installed there. For other folders, npm run pack -- --only client makes a package to install.',
  openTelemetryNote:
    'Set these where your instrumented application starts. Spans become events, those of a trace one session.',
  arrivalStep: 'See it arrive',
  connecting: 'Connecting to the service …',
  listening: 'Listening. Nothing has arrived yet.',
  listeningOn: 'Listening. Events are here already; the next one is shown when it arrives.',
  toSessions: 'See the sessions',
  lost: 'The connection to the service was lost; trying again.',
  arrived: (name: string) => `“${name}” has arrived.`,
  open: 'Open session',
  rejected: 'A request was refused',
  unknownPath: 'to a path that the service does not have',
  rejectedFrom: (agent: string) => `sent by ${agent}`,
  silent: 'Nothing for a minute. What to look at:',
  checks: (origin: string) => [
    `Does the address answer from where your application runs? Try: curl ${origin}/health`,
    'Does the key begin with hh_, and is it whole? A wrong one appears above as a refused request.',
    'Is there a proxy in between? NO_PROXY takes an address out of it.',
    'Does your program end before it has sent? Call flush() or close() first.',
  ],
  sendTest: 'Send a test event from this browser',
  testFailed: 'The test event was not stored',
} as const;
