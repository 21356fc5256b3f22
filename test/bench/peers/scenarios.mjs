// What the clients are put through. Times are milliseconds from the first event that counts.

const paced = { drive: 'paced', perSecond: 400, count: 2000, isFault: true };
const retryAfter = (seconds) => ({ 'retry-after': String(seconds) });
const page = '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>';

/** `share`: of the requests, at random but the same on every run. */
export const scenarios = {
  steady: { doc: 'ten events, then the rest of the program', drive: 'steady', count: 20_000 },
  burst: { doc: 'all events in one turn of the loop', drive: 'burst', count: 20_000 },
  link: { doc: 'a link of 50 ms', drive: 'steady', count: 20_000, latencyMs: 50 },
  'busy-503': {
    ...paced,
    doc: '503 with Retry-After, 30 % of the requests',
    fault: { kind: 'answer', share: 0.3, status: 503, headers: retryAfter(1) },
  },
  'page-503': {
    ...paced,
    doc: '503 with a page of HTML, 30 %',
    fault: { kind: 'answer', share: 0.3, status: 503, body: page },
  },
  'busy-429': {
    ...paced,
    doc: '429 with Retry-After, 30 %',
    fault: { kind: 'answer', share: 0.3, status: 429, headers: retryAfter(1) },
  },
  'closed-429': {
    ...paced,
    doc: '429 to everything, from 1 s to 6 s',
    fault: { kind: 'answer', fromMs: 1000, toMs: 6000, status: 429, headers: retryAfter(2) },
  },
  reset: {
    ...paced,
    doc: 'connections reset, before the body is read or after it was taken, 30 %',
    fault: { kind: 'reset', share: 0.3 },
  },
  'away-5s': {
    ...paced,
    doc: 'no service from 2 s to 7 s',
    count: 4000,
    fault: { kind: 'away', fromMs: 2000, toMs: 7000 },
  },
  'away-30s': {
    ...paced,
    doc: 'no service from 2 s to 32 s',
    count: 16_000,
    fault: { kind: 'away', fromMs: 2000, toMs: 32_000 },
  },
  silent: {
    ...paced,
    doc: 'a service that takes requests and never answers',
    count: 200,
    flushCapMs: 30_000,
    fault: { kind: 'silent' },
  },
  poison: {
    doc: 'five of 1,000 events cannot be sent as they are, or are too large',
    drive: 'steady',
    count: 1000,
    isFault: true,
    maxBodyBytes: 5 * 1024 * 1024,
  },
  'end-natural': { doc: 'the program ends on its own', ending: 'natural', count: 1000 },
  'end-exit': { doc: 'process.exit()', ending: 'exit', count: 1000 },
  'end-uncaught': { doc: 'an exception that nobody catches', ending: 'uncaught', count: 1000 },
  'end-sigterm': { doc: 'SIGTERM', ending: 'sigterm', count: 1000 },
};

/** Scenarios that say what a client costs, beside the floor. */
export const isCost = ({ isFault, ending }) => isFault !== true && ending === undefined;
