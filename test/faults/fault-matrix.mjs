// Faults between a client and the service, and their outcomes. The tests read this table, and `npm run generate` writes
// docs/reference/faults.md from it.

/** Outcomes of an awaited call: `stored` is stored once, and anything else the error that the caller gets. */
const stored = 'stored';

const answer = (status, headers = {}) => ({ kind: 'answer', status, headers });
const always = (fault) => () => [fault, { kind: 'pass' }, fault];
const soon = (seconds) => ({ 'retry-after': String(seconds) });
/** A date in whole seconds, at least half a second ahead. */
const soonAsDate = () => ({ 'retry-after': new Date(Date.now() + 1500).toUTCString() });
const page = '<html><body>Bad gateway</body></html>';

/** Faults of single requests: the first and the third of several meet them. */
const ofRequests = [
  ['the connection is reset before anything is carried out', always({ kind: 'reset' })],
  ['the connection is reset instead of the answer', always({ kind: 'drop-reply' })],
  ['the answer ends after its head', always({ kind: 'truncate', bodyBytes: 0 })],
  ['the answer ends inside its body', always({ kind: 'truncate', bodyBytes: 5 })],
  ['half-closed instead of the answer', always({ kind: 'half-close', at: 'before-head' })],
  ['half-closed after the head of the answer', always({ kind: 'half-close', at: 'after-head' })],
  ['half-closed inside the body of the answer', always({ kind: 'half-close', at: 'in-body' })],
  ['the request is never carried out, nor answered', always({ kind: 'stall' })],
  ['the answer stops after its head', always({ kind: 'stall-reply', bodyBytes: 0 })],
  ['the answer stops inside its body', always({ kind: 'stall-reply', bodyBytes: 5 })],
  ['the answer comes late', always({ kind: 'delay', durationMs: 100 })],
  ['408', always(answer(408))],
  ['413 to a batch', always(answer(413)), 'HoneyHiveAPIError'],
  ['429', always(answer(429))],
  ['429, Retry-After in seconds', always(answer(429, soon(1)))],
  ['429, Retry-After as a date', () => [answer(429, soonAsDate())]],
  ['500', always(answer(500))],
  ['502', always(answer(502))],
  ['503', always(answer(503))],
  ['503, Retry-After in seconds', always(answer(503, soon(1)))],
  ['503, Retry-After as a date', () => [answer(503, soonAsDate())]],
  [
    '503, Retry-After in the past',
    always(answer(503, { 'retry-after': new Date(0).toUTCString() })),
  ],
  ['504', always(answer(504))],
  ['502 with a page of HTML', always({ ...answer(502), body: page })],
  ['200 with a page of HTML', always({ ...answer(200), body: page }), 'HoneyHiveProtocolError'],
];

export const faultMatrix = ofRequests.map(([name, makeFaults, awaited = stored]) => ({
  name,
  makeFaults,
  awaited,
}));

const once = 'stored once';

/** Faults of connections and of the whole service, each with its own test. */
export const otherFaults = [
  ['new connections are reset before a byte is read', once, once],
  ['the service ends each connection after its answer, unannounced', once, once],
  ['connections are refused for a second', once, once],
  ['the service is away for 30 seconds', once, '`HoneyHiveConnectionError`'],
  [
    'the service never answers',
    'pending; `flush` returns in time and says so',
    '`HoneyHiveTimeoutError`',
  ],
  [
    'a body is larger than the service takes',
    `${once}; an event too large alone is dropped, \`too_large\``,
    '`HoneyHiveAPIError`',
  ],
  [
    'one event always makes the service fail',
    `dropped, \`failed\`; the others ${once}`,
    'its error',
  ],
  ['the service always fails', 'pending, none dropped', 'its error'],
];
