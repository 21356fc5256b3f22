// What the screens of the web UI ask, recorded in a browser: bodies are those that it sends.
import {
  byName,
  countOf,
  expectChart,
  expectGroups,
  fields,
  groupBy,
  rounded,
  rowsOf,
  select,
  sum,
} from './screen-model.mjs';
import { drawInterval } from './when.mjs';

const rangeName = (days) => (days === 1 ? '24 h' : `${days} d`);
const ranges = [1, 7, 30];
const timezone = 'Europe/Berlin';

const post = (operation, body) => ({
  method: 'POST',
  path: `/v1/explore/${operation}`,
  body: { project: 'support', ...body },
});

const onlyModels = { field: 'event_type', operator: 'is', value: 'model', type: 'string' };
const onlyTools = { ...onlyModels, value: 'tool' };
const isPro = { field: 'metadata.user.plan', operator: 'is', value: 'pro', type: 'string' };

const chart = (metric, aggregation, more = {}) => ({ metric, aggregation, filters: [], ...more });

/** The panels of the charts screen; the last one is what the builder begins with. */
const panels = [
  chart('duration', 'count', { group_by: 'event_type' }),
  chart('error', 'avg'),
  chart('duration', 'p50'),
  chart('duration', 'p95'),
  chart('duration', 'p99'),
  chart('total_tokens', 'sum', { group_by: 'model', filters: [onlyModels] }),
  chart('cost_usd', 'sum', { group_by: 'model', filters: [onlyModels] }),
  chart('duration', 'count', { buckets: 182 }),
];
const panelBuckets = 91;

/** Totals, which are made of the same points as the lines. */
const readChart = ({ series }) =>
  series.map(({ group, count, total }) => [group, count, rounded(total)]);

const toolErrors = {
  scope: 'events',
  filters: [onlyTools],
  group_by: 'event_name',
  sort: { field: 'error_count', direction: 'descending' },
  limit: 8,
};

const readGroups = ({ groups }) =>
  byName(
    groups.map(({ value, count, error_count, p50_ms, p95_ms }) => [
      value,
      count,
      error_count,
      rounded(p50_ms),
      rounded(p95_ms),
    ]),
  );

/** Goals of the charts screen in all, by days: p50 and p99. */
const chartGoals = { 1: [500, 900], 7: [500, 900], 30: [800, 1_500] };

const chartsScreen = (days) => ({
  name: `screen: charts, ${rangeName(days)}`,
  goal: chartGoals[days],
  request(_set, dice) {
    const interval = drawInterval(dice, days);
    const charts = panels.map((panel) => ({
      operation: 'exploreChart',
      body: { buckets: panelBuckets, timezone, ...interval, ...panel },
    }));
    const groups = { operation: 'exploreGroups', body: { ...interval, ...toolErrors } };
    return post('batch', { questions: [...charts, groups] });
  },
  read: ({ answers }) =>
    answers.map(({ operation, answer }) =>
      operation === 'exploreChart' ? readChart(answer) : readGroups(answer),
    ),
  expect: (model, _set, { body: { questions } }) =>
    questions.map(({ operation, body }) =>
      operation === 'exploreChart' ? expectChart(model, body) : expectGroups(model, body),
    ),
  floor: `SELECT start_hour, event_type, model, event_name, count(), sum(total_tokens), sum(cost_usd), quantilesExactInclusive(0.5, 0.95, 0.99)(duration) FROM honeyhive.events WHERE start_hour >= (SELECT max(start_hour) - ${days * 24} FROM honeyhive.events) GROUP BY start_hour, event_type, model, event_name`,
});

const newestFirst = { field: 'start_time', direction: 'descending' };

const rows = ({ name, goal, days, body }) => ({
  name: `${name}: rows, ${rangeName(days)}`,
  goal,
  request: (_set, dice) =>
    post('rows', {
      ...body,
      ...drawInterval(dice, days),
      sort: newestFirst,
      columns: [],
      limit: 100,
    }),
  read: ({ rows: found }) => found.map(({ event_id }) => event_id),
  expect: (model, _set, request) =>
    rowsOf(model, request.body)
      .slice(0, 100)
      .map(({ eventId }) => eventId),
  floor: `SELECT event_id, session_id, start_time FROM honeyhive.events WHERE start_hour >= (SELECT max(start_hour) - 2 FROM honeyhive.events) ORDER BY start_time DESC LIMIT 100`,
});

const histogram = ({ name, goal, days, body }) => ({
  name: `${name}: histogram, ${rangeName(days)}`,
  goal,
  request: (_set, dice) =>
    post('histogram', { ...body, ...drawInterval(dice, days), timezone, buckets: 150 }),
  read: ({ buckets }) => [sum(buckets.map(({ ok }) => ok)), sum(buckets.map(({ error }) => error))],
  expect(model, _set, request) {
    const failed = model.list(({ error }) => error !== null);
    const idOf = ({ sessionId, eventId }) =>
      request.body.scope === 'sessions' ? sessionId : eventId;
    const ids = new Set(failed.map(idOf));
    const found = rowsOf(model, request.body);
    const errors = found.filter((row) => ids.has(idOf(row))).length;
    return [found.length - errors, errors];
  },
  floor: `SELECT start_hour, count(), countIf(isNotNull(error)) FROM honeyhive.events WHERE start_hour >= (SELECT max(start_hour) - ${days * 24} FROM honeyhive.events) GROUP BY start_hour`,
});

const minuteMs = 60_000;
/** A field of the metadata, of the answer and of columns. */
const knownFields = ['event_name', 'metadata.user.plan', 'outputs.role', 'user_properties.plan'];

const fieldList = (scope, days) => ({
  name: `${scope}: fields, ${rangeName(days)}`,
  goal: [200, 400],
  request(_set, dice) {
    const { from, to } = drawInterval(dice, days);
    const [first, last] = [Math.floor(from / minuteMs), Math.ceil(to / minuteMs)];
    return post('fields', { scope, from: first * minuteMs, to: last * minuteMs });
  },
  read: ({ fields: found }) => knownFields.filter((one) => found.some(({ path }) => path === one)),
  expect: () => knownFields,
  floor: `SELECT uniqExact(arrayJoin(JSONExtractKeys(metadata))) FROM honeyhive.events WHERE start_hour >= (SELECT max(start_hour) - 1 FROM honeyhive.events)`,
});

/** The three that are open at first. */
const openFacets = ['event_type', 'source', 'event_name'];

const facets = (scope, days) => ({
  name: `${scope}: three facets, ${rangeName(days)}`,
  goal: [200, 400],
  request(_set, dice) {
    const interval = drawInterval(dice, days);
    const filters = [];
    const questions = openFacets.map((path) => ({
      operation: 'exploreValues',
      body: { scope, path, prefix: '', filters, limit: 8, ...interval },
    }));
    return post('batch', { questions });
  },
  read: ({ answers }) =>
    answers.map(({ answer }) => answer.values.map(({ value, count }) => [value, count])),
  expect: (model, _set, request) =>
    request.body.questions.map(({ body }) =>
      groupBy(select(model, body), fields[body.path])
        .map(([value, members]) => [value, countOf(members, scope)])
        .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, 8),
    ),
  floor: `SELECT event_name, uniqExact(session_id) FROM honeyhive.events WHERE start_hour >= (SELECT max(start_hour) - ${days * 24} FROM honeyhive.events) GROUP BY event_name`,
});

const sampleRows = 15_000;

const differences = (days) => ({
  name: `differences of errors, ${rangeName(days)}`,
  goal: [400, 800],
  request: (_set, dice) =>
    post('differences', {
      scope: 'events',
      filters: [],
      ...drawInterval(dice, days),
      selected: { filters: [{ field: 'error', operator: 'exists' }] },
    }),
  read: ({ selected_count, rest_count }) => [selected_count, rest_count],
  expect(model, _set, { body }) {
    const sample = select(model, body).slice(0, sampleRows);
    const failed = sample.filter(({ error }) => error !== null).length;
    return [failed, sample.length - failed];
  },
  floor: `SELECT event_name, countIf(isNotNull(error)), count() FROM honeyhive.events WHERE start_hour >= (SELECT max(start_hour) - 3 FROM honeyhive.events) GROUP BY event_name`,
});

const plain = { filters: [] };
const sessions = { scope: 'sessions', filter_target: 'session' };
const phrase = { ...plain, text: '"Shou the"' };
const textGoals = { 1: [400, 800], 7: [400, 800], 30: [1_000, 2_000] };
const rowsGoal = [100, 300];
const histogramGoal = [100, 300];
const pathGoal = [400, 800];

export const screens = ranges.flatMap((days) => [
  chartsScreen(days),
  ...[{ scope: 'events' }, sessions].flatMap((list) => [
    rows({ name: list.scope, goal: rowsGoal, days, body: { ...list, ...plain } }),
    histogram({ name: list.scope, goal: histogramGoal, days, body: { ...list, ...plain } }),
    fieldList(list.scope, days),
    facets(list.scope, days),
    rows({
      name: `${list.scope} with a text`,
      goal: textGoals[days],
      days,
      body: { ...list, ...phrase },
    }),
    histogram({
      name: `${list.scope} with a text`,
      goal: textGoals[days],
      days,
      body: { ...list, ...phrase },
    }),
  ]),
  rows({
    name: 'metadata.user.plan:pro',
    goal: pathGoal,
    days,
    body: { scope: 'events', filters: [isPro] },
  }),
  histogram({
    name: 'metadata.user.plan:pro',
    goal: pathGoal,
    days,
    body: { scope: 'events', filters: [isPro] },
  }),
  differences(days),
]);
