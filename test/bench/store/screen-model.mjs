// The right answers of what screens ask, as plainly as possible.

export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
/** Sums of floating point numbers depend on their order in the last digits. */
export const rounded = (value) => (value === null ? null : Number(value.toPrecision(9)));

/** Interpolated between neighbours, as the service does it. */
function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)];
  return low === undefined ? null : low + (sorted[Math.ceil(place)] - low) * (place % 1);
}

const inInterval =
  ({ from, to }) =>
  ({ startTime }) =>
    startTime >= from && startTime < to;

/** Lists of rows by what a function says of them. */
export function groupBy(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups];
}

export const fields = {
  event_type: ({ eventType }) => eventType,
  event_name: ({ eventName }) => eventName,
  source: ({ source }) => source,
  model: ({ model }) => (model === '' ? null : model),
};
/** null: the event has no such number. */
const metrics = {
  duration: ({ durationMs }) => durationMs,
  error: ({ error }) => (error === null ? 0 : 1),
  total_tokens: ({ totalTokens }) => (totalTokens === 0 ? null : totalTokens),
  cost_usd: ({ costUsd }) => (costUsd === 0 ? null : costUsd),
};
const aggregates = {
  count: (numbers) => numbers.length,
  sum,
  avg: (numbers) => sum(numbers) / numbers.length,
  p50: (numbers) => quantile(numbers, 0.5),
  p95: (numbers) => quantile(numbers, 0.95),
  p99: (numbers) => quantile(numbers, 0.99),
};
/** Filters that the questions use. */
const tests = {
  event_type:
    ({ value }) =>
    ({ eventType }) =>
      eventType === value,
  error:
    () =>
    ({ error }) =>
      error !== null,
  'metadata.user.plan':
    ({ value }) =>
    ({ metadata }) =>
      JSON.parse(metadata).user?.plan === value,
};

/** Events of the model that a body asks for. */
export const select = (model, { filters = [], ...interval }) =>
  model
    .list(inInterval(interval))
    .filter((event) => filters.every((filter) => tests[filter.field](filter)(event)));

export function expectChart(model, body) {
  const { metric, aggregation, group_by: field } = body;
  const rows = select(model, body)
    .map((event) => ({
      group: field === undefined ? null : fields[field](event),
      number: metrics[metric](event),
    }))
    .filter(({ number }) => number !== null);
  return groupBy(rows, ({ group }) => group)
    .map(([group, members]) => {
      const numbers = members.map(({ number }) => number);
      return [group, numbers.length, rounded(aggregates[aggregation](numbers))];
    })
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 8);
}

export const byName = (groups) => groups.toSorted((a, b) => (a[0] < b[0] ? -1 : 1));
export const expectGroups = (model, body) =>
  byName(
    groupBy(select(model, body), fields[body.group_by]).map(([value, members]) => {
      const durations = members.map(({ durationMs }) => durationMs).filter((ms) => ms > 0);
      return [
        value,
        members.length,
        members.filter(({ error }) => error !== null).length,
        rounded(quantile(durations, 0.5)),
        rounded(quantile(durations, 0.95)),
      ];
    }),
  );

const isRoot = ({ eventId, sessionId }) => eventId === sessionId;

/** Events, or the roots of sessions of which an event passes. */
export function rowsOf(model, { scope, text, ...body }) {
  const has = hasText(text);
  if (scope === 'events') return select(model, body).filter(has);
  const sessions = new Set(model.list(has).map(({ sessionId }) => sessionId));
  return select(model, body).filter((event) => isRoot(event) && sessions.has(event.sessionId));
}

/** Without case, as JSON has it. */
function hasText(text) {
  if (text === undefined) return () => true;
  const needle = text.replaceAll('"', '').toLowerCase();
  return (event) =>
    ['inputs', 'outputs', 'metadata'].some((bucket) =>
      event[bucket].toLowerCase().includes(needle),
    );
}

export const countOf = (events, scope) =>
  scope === 'events' ? events.length : new Set(events.map(({ sessionId }) => sessionId)).size;
