// What is asked of the store, each with its goal, what the engine alone would do, and the right answer out of the
// model.
import { screens } from './screens.mjs';
import { dayMs, hourMs, nowMs } from './when.mjs';

const pageSize = 100;

const range = (days) => ({ $gte: nowMs - days * dayMs, $lte: nowMs });
const inRange = (days) => (event) =>
  event.startTime >= nowMs - days * dayMs && event.startTime <= nowMs;
const hours = (days) => `start_hour >= ${Math.floor((nowMs - days * dayMs) / hourMs)}`;

const post = (body) => ({
  method: 'POST',
  path: '/events/export',
  body: { project: 'support', ...body },
});
const idsOf = ({ events }) => events.map(({ event_id }) => event_id);
const page = (answer) => ({ ids: idsOf(answer), total: answer.totalEvents });

/** A page of what the model holds, newest first. */
const expectPage = (events, number = 1) => ({
  ids: events.slice((number - 1) * pageSize, number * pageSize).map(({ eventId }) => eventId),
  total: events.length,
});

const list = ({ name, goal, pageNumber = () => 1, body = {}, keep = () => true, floor }) => ({
  name,
  goal,
  request: (set) => post({ limit: pageSize, page: pageNumber(set), ...body }),
  read: page,
  expect: (model, set) => expectPage(model.list(keep), pageNumber(set)),
  floor,
});

const isRoot = (event) => event.eventId === event.sessionId;
const newestSql =
  'SELECT * FROM honeyhive.events WHERE start_hour >= (SELECT max(start_hour) - 2 FROM honeyhive.events) ORDER BY start_time DESC LIMIT 100';
const rootsSql = `SELECT session_id, count(), sum(total_tokens), sum(cost_usd) FROM honeyhive.events WHERE session_id IN (SELECT session_id FROM honeyhive.events WHERE event_id = session_id AND start_hour >= (SELECT max(start_hour) - 4 FROM honeyhive.events) ORDER BY start_time DESC LIMIT 100) AND start_hour >= (SELECT max(start_hour) - 6 FROM honeyhive.events) GROUP BY session_id`;

const lists = [
  list({ name: 'newest 100 events', goal: [50, 120], floor: newestSql }),
  list({
    name: 'newest 100 events, page 50',
    goal: [50, 120],
    pageNumber: () => 50,
    floor: newestSql,
  }),
  list({
    name: 'newest 100 sessions with rollups',
    goal: [50, 120],
    body: { roots_only: true },
    keep: isRoot,
    floor: rootsSql,
  }),
  list({
    name: 'newest 100 sessions, page 50',
    goal: [50, 120],
    pageNumber: ({ eventCount }) => (eventCount < 250_000 ? 5 : 50),
    body: { roots_only: true },
    keep: isRoot,
    floor: rootsSql,
  }),
];

/** A filter on a path two keys deep, over the last day. */
function filter(name, { path, operator, value, type }, test) {
  const [group, key] = path.split('.');
  return list({
    name: `metadata.${path} ${name}, 24 h`,
    goal: [100, 300],
    body: {
      dateRange: range(1),
      filters: [
        { field: `metadata.${path}`, operator, type, ...(value === undefined ? {} : { value }) },
      ],
    },
    keep: (event) => {
      const found = inRange(1)(event) ? JSON.parse(event.metadata)[group]?.[key] : undefined;
      return found !== undefined && test(found);
    },
    floor: `SELECT count() FROM honeyhive.events WHERE ${hours(1)} AND position(metadata, '"${key}":') > 0`,
  });
}

const filters = [
  filter(
    'equals',
    { path: 'user.plan', operator: 'is', value: 'beta', type: 'string' },
    (found) => found === 'beta',
  ),
  filter(
    'contains',
    { path: 'retrieval.region', operator: 'contains', value: 'west', type: 'string' },
    (found) => found.includes('west'),
  ),
  filter(
    'greater than',
    { path: 'deployment.score', operator: 'greater than', value: 0.9, type: 'number' },
    (found) => found > 0.9,
  ),
  filter('exists', { path: 'trace.label', operator: 'exists', type: 'string' }, () => true),
];

const search = (bucket) =>
  list({
    name: `substring in ${bucket}, 24 h`,
    goal: [400, null],
    body: {
      dateRange: range(1),
      filters: [{ field: bucket, operator: 'contains', type: 'string', value: 'Shou the' }],
    },
    keep: (event) => inRange(1)(event) && event[bucket].includes('Shou the'),
    floor: `SELECT count() FROM honeyhive.events WHERE ${hours(1)} AND position(${bucket}, 'Shou the') > 0`,
  });

const median = (numbers) => quantile(numbers, 0.5);

/** Interpolated between neighbours, as the service does it. */
function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)];
  return low + (sorted[Math.ceil(place)] - low) * (place % 1);
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const aggregates = {
  p50: median,
  p95: (numbers) => quantile(numbers, 0.95),
  p99: (numbers) => quantile(numbers, 0.99),
  count: (numbers) => numbers.length,
  sum,
};
const metrics = {
  duration: (event) => event.durationMs,
  'metadata.total_tokens': (event) => event.totalTokens,
  'metadata.cost': (event) => event.costUsd,
};
const columns = {
  duration: 'duration',
  'metadata.total_tokens': 'total_tokens',
  'metadata.cost': 'cost_usd',
};
const groups = {
  event_type: (event) => event.eventType,
  event_name: (event) => event.eventName,
  'config.model': (event) => JSON.parse(event.config).model ?? null,
};

function chart({
  name,
  days,
  metric = 'duration',
  groupBy,
  aggregation,
  filters: conditions = [],
  keep = () => true,
}) {
  const bucket = days === 1 ? 'hour' : 'day';
  const widthMs = days === 1 ? hourMs : dayMs;
  const query = new URLSearchParams({
    project: 'support',
    bucket,
    metric,
    aggregation,
    ...(groupBy ? { groupBy } : {}),
    dateRange: JSON.stringify(range(days)),
    filters: JSON.stringify(conditions),
  });
  const read = ({ events }) =>
    Object.fromEntries(
      events
        .filter(({ value }) => value !== null && value !== 0)
        .map(({ timestamp, group, value, count }) => [
          `${timestamp} ${group ?? ''}`,
          [rounded(value), count],
        ]),
    );
  const expect = (model) => {
    const points = new Map();
    for (const event of model.list((one) => inRange(days)(one) && keep(one))) {
      const place = Math.floor(event.startTime / widthMs) * widthMs;
      const key = `${place} ${groupBy ? (groups[groupBy](event) ?? '') : ''}`;
      points.set(key, [...(points.get(key) ?? []), event]);
    }
    return read({
      events: [...points].map(([key, events]) => ({
        timestamp: key.split(' ')[0],
        group: key.split(' ')[1],
        value: toValue(events, metric, aggregation),
        count: events.length,
      })),
    });
  };
  return {
    name: `chart: ${name}, ${days === 1 ? '24 h by hour' : '30 d by day'}`,
    goal: [100, 300],
    request: () => ({ method: 'GET', path: `/v1/events/chart?${query.toString()}` }),
    read,
    expect,
    floor: `SELECT intDiv(toInt64(start_time), ${widthMs}) AS b, event_type, quantileExactInclusive(0.95)(${columns[metric]}), count() FROM honeyhive.events WHERE ${hours(days)} GROUP BY b, event_type`,
  };
}

/** Sums of floating point numbers depend on their order in the last digits. */
const rounded = (value) => Number(value.toPrecision(9));

/** Events without tokens or cost have no such metadata, and are not counted. */
function toValue(events, metric, aggregation) {
  const all = events.map(metrics[metric]);
  const numbers = metric === 'duration' ? all : all.filter((number) => number > 0);
  return numbers.length === 0 ? null : aggregates[aggregation](numbers);
}

const isFailed = { field: 'error', operator: 'exists', type: 'string' };
const charts = [1, 30].flatMap((days) => [
  chart({ name: 'p50 duration by type', days, groupBy: 'event_type', aggregation: 'p50' }),
  chart({ name: 'p95 duration by name', days, groupBy: 'event_name', aggregation: 'p95' }),
  chart({ name: 'p99 duration', days, aggregation: 'p99' }),
  chart({ name: 'count by name', days, groupBy: 'event_name', aggregation: 'count' }),
  chart({
    name: 'errors',
    days,
    aggregation: 'count',
    filters: [isFailed],
    keep: ({ error }) => error !== null,
  }),
  chart({
    name: 'tokens by model',
    days,
    metric: 'metadata.total_tokens',
    groupBy: 'config.model',
    aggregation: 'sum',
  }),
  chart({ name: 'cost', days, metric: 'metadata.cost', aggregation: 'sum' }),
]);

const byId = {
  name: 'one event by id',
  goal: [15, 40],
  request: (set, dice) => ({ method: 'GET', path: `/events/${dice.pick(set.sampleIds)}` }),
  read: ({ event_id, duration, metadata }) => ({
    event_id,
    duration,
    reviewed: metadata.reviewed ?? null,
  }),
  expect: (model, _set, { path }) => {
    const event = model.find(path.split('/').at(-1));
    return {
      event_id: event.eventId,
      duration: event.durationMs,
      reviewed: JSON.parse(event.metadata).reviewed ?? null,
    };
  },
  floor: (set, dice) =>
    `SELECT * FROM honeyhive.events WHERE event_id = '${dice.pick(set.sampleIds)}'`,
};

/** All events of a session as columns, without their payloads. */
const skeleton = ({ name, goal, pick }) => ({
  name,
  goal,
  request: (set, dice) => ({
    method: 'GET',
    path: `/v1/explore/sessions/${pick(set, dice)}/skeleton?project=support`,
  }),
  read: ({ ids, error }) => [ids.toSorted(), sum(error)],
  expect(model, _set, { path }) {
    const id = path.split('/')[4];
    const events = model.list(({ sessionId }) => sessionId === id);
    const failed = events.filter(({ error }) => error !== null).length;
    return [events.map(({ eventId }) => eventId).toSorted(), failed];
  },
  floor: (set, dice) =>
    `SELECT event_id, parent_id, start_time, end_time FROM honeyhive.events WHERE session_id = '${pick(set, dice)}'`,
});

const skeletons = [
  skeleton({
    name: 'a session as a skeleton',
    goal: [50, 120],
    pick: ({ sampleSessionIds }, dice) => dice.pick(sampleSessionIds),
  }),
  skeleton({
    name: 'a session of 10,000 events as a skeleton',
    goal: [300, null],
    pick: ({ longSessionId }) => longSessionId,
  }),
];

/** How many events and sessions the projects hold. */
const counts = {
  name: 'events and sessions of all projects',
  goal: [50, 120],
  request: () => ({ method: 'GET', path: '/projects' }),
  read: (projects) =>
    Object.fromEntries(
      projects
        .filter(({ name }) => name !== 'default')
        .map(({ name, event_count, session_count }) => [name, [event_count, session_count]]),
    ),
  expect: (model) => model.counts(),
  floor: 'SELECT count(), countIf(event_id = session_id) FROM honeyhive.events',
};

export const questions = [
  byId,
  ...lists,
  ...filters,
  search('inputs'),
  search('outputs'),
  ...charts,
  ...skeletons,
  counts,
  ...screens,
];
