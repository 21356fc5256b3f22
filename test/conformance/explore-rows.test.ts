import { buildEvent, call } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { limits } from 'honeyhive-wire';
import type { ExploreSessionRow, RowsPage } from 'honeyhive-wire';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const t0 = Date.UTC(2026, 2, 1, 12);
const minute = 60_000;

const own = await openProject();
const { api } = own;

/** Ten sessions, a minute apart, each of a root, a model event and a tool event; every third fails in its tool. */
async function fill(project: OperationCaller): Promise<void> {
  const events = Array.from({ length: 10 }, (_each, index) => {
    const session_id = `s${index}`;
    const start = t0 + index * minute;
    return [
      buildEvent({
        event_id: session_id,
        session_id,
        event_type: 'session',
        event_name: `chat ${9 - index}`,
        start_time: start,
        inputs: { question: `question ${index}` },
        user_properties: { user_id: index % 2 === 0 ? 'ada' : 'bob' },
      }),
      buildEvent({
        event_id: `m${index}`,
        session_id,
        event_type: 'model',
        event_name: 'answer',
        start_time: start + 1_000,
        duration: 500 + index,
        config: { model: index < 5 ? 'gpt-5' : 'claude' },
        inputs: { messages: [{ role: 'user', content: `Zebra ${index}?` }] },
        outputs: { content: `It is "${index}"\n in Oslo` },
        metadata: { total_tokens: 100 * (index + 1), cost: 0.25, tier: { plan: `p${index % 3}` } },
      }),
      buildEvent({
        event_id: `t${index}`,
        session_id,
        event_name: 'look up',
        start_time: start + 2_000,
        end_time: start + 2_000 + index * 1_000,
        error: index % 3 === 0 ? 'no such order' : null,
        inputs: { order: index },
      }),
    ];
  });
  await project.ok('createEventBatch', { body: { events: events.flat() } });
}
await fill(api);

const ids = ({ rows }: RowsPage) => rows.map((row) => row.event_id);
const sessionsOf = ({ rows }: RowsPage) => rows as ExploreSessionRow[];
const read = (body: Readonly<Record<string, unknown>>) => api.ok('exploreRows', { body });

/** Every page, one after the other. */
async function walk(body: Readonly<Record<string, unknown>>): Promise<string[]> {
  const found: string[] = [];
  let page = await read(body);
  for (let count = 0; count < 100; count += 1) {
    found.push(...ids(page));
    if (page.next_cursor === null) return found;
    page = await read({ ...body, cursor: page.next_cursor });
  }
  throw new Error('the pages do not end');
}

test('sessions are listed newest first, with what their events add up to and without payloads', async () => {
  const page = await read({ scope: 'sessions', limit: 2 });

  expect(page.total).toEqual({ count: 10, exact: true });
  expect(page.rows).toEqual([
    {
      event_id: 's9',
      session_id: 's9',
      parent_id: null,
      project_id: own.id,
      event_type: 'session',
      event_name: 'chat 0',
      source: 'unknown',
      start_time: t0 + 9 * minute,
      end_time: t0 + 9 * minute + 11_000,
      duration_ms: 11_000,
      error: null,
      model: null,
      user: 'bob',
      input_preview: { text: 'question 9', bytes: 25 },
      output_preview: { text: '', bytes: 0 },
      prompt_tokens: null,
      completion_tokens: null,
      total_tokens: 1000,
      cost_usd: 0.25,
      cost_source: null,
      feedback: null,
      columns: {},
      match: null,
      last_activity: t0 + 9 * minute + 2_000,
      event_count: 2,
      model_event_count: 1,
      error_count: 1,
      has_feedback: false,
      unknown_cost_count: 0,
      partial: false,
    },
    expect.objectContaining({ event_id: 's8', error_count: 0 }),
  ]);
});

test('events are listed with previews, and with the columns asked for', async () => {
  const page = await read({
    scope: 'events',
    filters: [{ field: 'event_id', operator: 'is', value: 'm3' }],
    columns: ['metadata.tier.plan', 'metadata.tier', 'inputs.messages', 'metadata.none', 'source'],
  });

  expect(page.rows).toMatchObject([
    {
      event_id: 'm3',
      parent_id: 's3',
      model: 'gpt-5',
      total_tokens: 400,
      duration_ms: 503,
      input_preview: { text: 'Zebra 3?' },
      output_preview: { text: 'It is "3" in Oslo' },
      columns: {
        'metadata.tier.plan': { text: 'p0', bytes: 2 },
        'metadata.tier': { text: '{"plan":"p0"}', bytes: 13 },
        'inputs.messages': { text: '[{"role":"user","content":"Zebra 3?"}]' },
        source: { text: 'unknown', bytes: 7 },
      },
    },
  ]);
  expect(page.rows[0]?.columns).not.toHaveProperty('metadata.none');
});

test.each([
  ['sessions', 'start_time', 'descending'],
  ['sessions', 'start_time', 'ascending'],
  ['sessions', 'duration_ms', 'descending'],
  ['sessions', 'event_name', 'ascending'],
  ['sessions', 'total_tokens', 'ascending'],
  ['sessions', 'cost_usd', 'descending'],
  ['sessions', 'error_count', 'descending'],
  ['sessions', 'event_count', 'ascending'],
  ['events', 'start_time', 'ascending'],
  ['events', 'duration_ms', 'descending'],
  ['events', 'event_name', 'descending'],
  ['events', 'total_tokens', 'descending'],
  ['events', 'cost_usd', 'ascending'],
])('pages of three %s by %s, %s, are the whole list', async (scope, field, direction) => {
  const sort = { field, direction };
  const whole = await read({ scope, sort, limit: 200 });

  const walked = await walk({ scope, sort, limit: 3 });

  expect(walked).toEqual(ids(whole));
  expect(new Set(walked).size).toBe(scope === 'sessions' ? 10 : 30);
  const key = field as 'duration_ms';
  const values = whole.rows.map((row) => row[key] ?? 0);
  const sorted = values.toSorted((a, b) => (a < b ? -1 : 1) * (direction === 'ascending' ? 1 : -1));
  expect(values).toEqual(sorted);
});

test.each<[string, Record<string, unknown>, string[]]>([
  [
    'the root itself',
    { filters: [{ field: 'user', operator: 'is', value: 'ada' }] },
    ['s8', 's6', 's4', 's2', 's0'],
  ],
  ['nothing of a root', { filters: [{ field: 'model', operator: 'is', value: 'claude' }] }, []],
  [
    'any event',
    {
      filter_target: 'any_event',
      filters: [{ field: 'model', operator: 'is', value: 'claude' }],
      limit: 2,
    },
    ['s9', 's8'],
  ],
  [
    'one event that meets all',
    {
      filter_target: 'any_event',
      filters: [
        { field: 'model', operator: 'is', value: 'gpt-5' },
        { field: 'error', operator: 'exists' },
      ],
    },
    [],
  ],
  [
    'sums',
    { filters: [{ field: 'total_tokens', operator: 'greater than', value: 800, type: 'number' }] },
    ['s9', 's8'],
  ],
  [
    'the span',
    { filters: [{ field: 'duration', operator: 'less than', value: 3_500, type: 'number' }] },
    ['s1', 's0'],
  ],
  [
    'one of two',
    {
      filters: [
        {
          any_of: [
            { field: 'cost_usd', operator: 'greater than', value: 9, type: 'number' },
            { field: 'event_name', operator: 'is', value: 'chat 4' },
          ],
        },
      ],
    },
    ['s5'],
  ],
  ['a word in any event', { text: 'ZEBRA 7?' }, ['s7']],
  ['what is in quotes', { text: '"is \\"3\\""', limit: 1 }, []],
  ['a text with a quote in it', { text: 'is "3' }, ['s3']],
  ['an error', { text: '"no such order" look', limit: 1 }, ['s9']],
  ['an id', { text: 'm4' }, ['s4']],
  ['a range with its end left out', { from: t0 + minute, to: t0 + 3 * minute }, ['s2', 's1']],
])('sessions are found by %s', async (_what, body, expected) => {
  const page = await read({ scope: 'sessions', ...body });

  expect(ids(page)).toEqual(expected);
});

test('the total is exact up to ten thousand, and says so', async () => {
  const { api: many } = await openProject();
  const events = Array.from({ length: limits.batchEvents }, (_each, index) =>
    buildEvent({ event_id: `e${index}`, session_id: 'one', inputs: {}, start_time: t0 + index }),
  );
  await many.ok('createEventBatch', { body: { events } });
  await many.ok('deleteEvent', { params: { event_id: 'e7' } });

  const exact = await many.ok('exploreRows', { body: { scope: 'events', limit: 1 } });
  await many.ok('createEvent', { body: buildEvent({ session_id: 'one' }) });
  const more = await many.ok('exploreRows', { body: { scope: 'events', limit: 1 } });

  // The root that was made for them counts as well.
  expect(exact.total).toEqual({ count: 10_000, exact: true });
  expect(more.total).toEqual({ count: 10_000, exact: false });
});

test('without a total, a page says how many rows there are only if it is the only one', async () => {
  const all = { scope: 'events', total: false };
  const first = await read({ ...all, limit: 20 });
  expect([first.rows.length, first.total]).toEqual([20, { count: 20, exact: false }]);
  expect(await walk({ ...all, limit: 4 })).toEqual(await walk({ scope: 'events', limit: 200 }));

  const few = { ...all, filters: [{ field: 'metadata.tier.plan', operator: 'is', value: 'p1' }] };
  expect((await read(few)).total).toEqual({ count: 3, exact: true });
  const second = await read({
    ...few,
    limit: 2,
    cursor: (await read({ ...few, limit: 2 })).next_cursor,
  });
  expect([second.rows.length, second.total]).toEqual([1, { count: 1, exact: false }]);
});

test('an update changes the preview, and deleted events are gone', async () => {
  const { api: changing } = await openProject();
  const event = buildEvent({ session_id: 'one', inputs: { q: 'shoes' } });
  const other = buildEvent({ session_id: 'one' });
  await changing.ok('createEventBatch', { body: { events: [event, other] } });

  await changing.ok('updateEvent', {
    body: { event_id: event.event_id, outputs: { answer: 'two' }, feedback: { rating: true } },
  });
  await changing.ok('deleteEvent', { params: { event_id: other.event_id } });
  const { rows } = await changing.ok('exploreRows', { body: { scope: 'events' } });
  const [session] = sessionsOf(await changing.ok('exploreRows', { body: { scope: 'sessions' } }));

  expect(rows.find(({ event_id }) => event_id === event.event_id)).toMatchObject({
    output_preview: { text: 'two', bytes: 16 },
    feedback: 'up',
  });
  expect(ids({ rows } as RowsPage)).not.toContain(other.event_id);
  expect(session).toMatchObject({ event_count: 1, has_feedback: true });
});

test.each<[Record<string, unknown>, string]>([
  [{}, 'scope'],
  [{ scope: 'spans' }, 'scope'],
  [{ scope: 'events', limit: 201 }, 'limit'],
  [{ scope: 'events', cursor: 'x' }, 'cursor'],
  [{ scope: 'events', cursor: 'bnVsbA' }, 'cursor'],
  [{ scope: 'events', from: 2, to: 1 }, 'to'],
  [{ scope: 'events', columns: ['a.b'] }, 'columns[0]'],
  [{ scope: 'events', filters: [{ field: 'nope', operator: 'exists' }] }, 'filters[0].field'],
  [{ scope: 'events', sort: { field: 'event_count', direction: 'ascending' } }, 'sort.field'],
  [{ scope: 'events', text: 'a '.repeat(21) }, 'text'],
  [{ scope: 'events', unknown: 1 }, 'unknown'],
])('refuses %j and names %s', async (body, field) => {
  const refusal = await api.refused('exploreRows', 400, { body });

  expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
});

test('refuses a cursor of another order', async () => {
  const { next_cursor } = await read({ scope: 'events', limit: 1 });

  const refusal = await api.refused('exploreRows', 400, {
    body: {
      scope: 'events',
      cursor: next_cursor,
      sort: { field: 'start_time', direction: 'ascending' },
    },
  });

  expect(refusal.message).toContain('created with another sort order');
});

test('the whole list stays small: a page of events with payloads of 100 KB is no larger than its previews', async () => {
  const { api: large, url, key } = await openProject();
  const events = Array.from({ length: 20 }, () =>
    buildEvent({ inputs: { text: 'x y '.repeat(25_000) }, outputs: { text: 'z '.repeat(50_000) } }),
  );
  await large.ok('createEventBatch', { body: { events } });

  const { text } = await call({ url, key }, 'POST /v1/explore/rows', { body: { scope: 'events' } });

  expect(text.length).toBeLessThan(60_000);
});

test('with a text, each row shows where it has it: of a session, in its earliest event', async () => {
  const { api: project } = await openProject();
  const text = `${'x'.repeat(200)} <b>Umtausch</b> "退款"\n😀 ${'y'.repeat(400)}`;
  const made = [
    { event_id: 'a', session_id: 'a', event_type: 'session', event_name: 'chat', start_time: t0 },
    { event_id: 'b', session_id: 'a', event_name: 'Umtausch?', start_time: t0 + 2 },
    { event_id: 'c', session_id: 'a', event_name: 'ask', start_time: t0 + 1, outputs: { text } },
  ];
  await project.ok('createEventBatch', { body: { events: made.map((one) => buildEvent(one)) } });
  const search = async (body: Readonly<Record<string, unknown>>) => {
    const { rows } = await project.ok('exploreRows', { body });
    return rows.map(({ event_id, match }) => [event_id, match]);
  };
  const inOutputs = {
    event_id: 'c',
    field: 'outputs',
    before: `…${'x'.repeat(45)} <b>`,
    text: 'Umtausch',
    after: expect.stringMatching(/^<\/b> "退款" 😀 y+…$/),
  };
  const inName = { event_id: 'b', field: 'event_name', before: '', text: 'Umtausch', after: '?' };

  expect(await search({ scope: 'events', text: 'umTAUSCH' })).toEqual([
    ['b', inName],
    ['c', inOutputs],
  ]);
  expect(await search({ scope: 'sessions', text: 'umTAUSCH' })).toEqual([['a', inOutputs]]);
  const [[, match] = []] = await search({ scope: 'events', text: '😀' });
  expect(match).toMatchObject({ text: '😀', after: expect.stringMatching(/^ y+…$/) });
  expect(await search({ scope: 'events' })).toEqual([
    ['b', null],
    ['c', null],
    ['a', null],
  ]);
});
