/** What the page says that shows how to send the first event. */
export const onboardingText = {
  title: 'Send data',
  keyStep: 'Create a key',
  keyHint:
    'It is inserted into the snippets below and is shown only once. You can also paste an existing one.',
  makeKey: 'Create key',
  keyName: (day: string) => `Sending, created ${day}`,
  keyMade: 'Copy it now: it is not shown again.',
  keyFailed: 'The key was not created',
  keyNotAllowed:
    'The key you signed in with may not create others. Use an existing one in the snippets.',
  copyKey: 'Copy key',
  ownKey: 'Key for the snippets',
  ownKeyHint: 'Stays in this page; it is neither stored nor sent.',
  snippetStep: 'Send an event',
  snippets: 'Languages',
  copySnippet: 'Copy',
  after: 'It appears below within two seconds.',
  clientNote:
    'Save it as first.mjs where the service was started, and run it with node first.mjs: the client is installed there. For other folders, npm run pack -- --only client builds a package to install.',
  openTelemetryNote:
    'Set these where your instrumented application starts. Spans become events, and a trace becomes a session.',
  arrivalStep: 'See it arrive',
  connecting: 'Connecting to the service …',
  listening: 'Listening. Nothing has arrived yet.',
  listeningOn: 'Listening. The project already has events; the next one is shown when it arrives.',
  toSessions: 'See the sessions',
  lost: 'The connection to the service was lost; retrying.',
  arrived: (name: string) => `“${name}” has arrived.`,
  open: 'Open session',
  rejected: 'A request was rejected',
  unknownPath: 'to an unknown path',
  rejectedFrom: (agent: string) => `sent by ${agent}`,
  silent: 'Nothing for a minute. Check the following:',
  checks: (origin: string) => [
    `Does the address answer from where your application runs? Try: curl ${origin}/health`,
    'Does the key begin with hh_, and is it complete? A wrong one appears above as a rejected request.',
    'Is there a proxy in between? NO_PROXY excludes an address from it.',
    'Does your program exit before the event is sent? Call flush() or close() first.',
  ],
  sendTest: 'Send a test event from this browser',
  testFailed: 'The test event was not stored',
} as const;
