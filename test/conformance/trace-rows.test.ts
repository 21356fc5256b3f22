import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildExport, buildSpan } from './otlp/spans.ts';
import type { SpanBody } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();

type Attributes = Readonly<Record<string, unknown>>;

const send = (...spans: readonly SpanBody[]) =>
  api.ok('exportTraces', { body: buildExport(spans) });

let startMs = 1_760_000_000_100;

/** A span that begins after all others. */
const below = (parent: SpanBody, attributes: Attributes = {}, name = 'step') =>
  buildSpan(attributes, {
    traceId: parent.traceId,
    parentSpanId: parent.spanId,
    startTimeUnixNano: `${(startMs += 1)}000000`,
    endTimeUnixNano: '1760000009000000000',
    name,
  });

/** The row of the session in the list. */
async function readRow(sessionId: string) {
  const filters = [{ field: 'session_id', operator: 'is' as const, value: sessionId }];
  const { rows } = await api.ok('exploreRows', { body: { scope: 'sessions', filters } });
  return rows.map((row) => ({
    event_name: row.event_name,
    user: row.user,
    input: row.input_preview.text,
    output: row.output_preview.text,
    event_count: 'event_count' in row ? row.event_count : null,
  }));
}

const turn = { 'input.value': 'Is it sunny?', 'output.value': 'Yes.', 'user.id': 'ann' };

test('a session has name, user, input and output of the first span of its trace, which comes last', async () => {
  const sessionId = randomUUID();
  const root = buildSpan({ ...turn, 'session.id': sessionId }, { name: 'turn' });
  const later = { 'input.value': 'no', 'output.value': 'no', 'session.id': sessionId };

  await send(below(root, later));
  await send(root, below(root, later));

  expect(await readRow(sessionId)).toEqual([
    { event_name: 'turn', user: 'ann', input: 'Is it sunny?', output: 'Yes.', event_count: 3 },
  ]);
  const session = await api.ok('getSession', { params: { session_id: sessionId } });
  expect(session).toMatchObject({
    inputs: { value: 'Is it sunny?' },
    outputs: { value: 'Yes.' },
    user_properties: { user_id: 'ann' },
    start_time: 1_760_000_000_000,
    end_time: 1_760_000_001_000,
  });
});

test('a user that only a later span names is the user of the session', async () => {
  const sessionId = randomUUID();
  const root = buildSpan({ 'session.id': sessionId }, { name: 'turn' });

  await send(root);
  await send(below(root, { 'user.id': 'ben' }));
  await send(below(root, { 'user.id': 'later' }));

  expect(await readRow(sessionId)).toMatchObject([{ event_name: 'turn', user: 'ben' }]);
});

test.each([
  ['whose sender was to start it', 'traceloop.association.properties.session_id'],
  ['whose first span is elsewhere', 'session.id'],
])('a session %s is named after the first span that came', async (_what, attribute) => {
  const sessionId = randomUUID();
  const elsewhere = buildSpan();
  const call = below(elsewhere, { [attribute]: sessionId }, 'call');

  await send(below(call, { [attribute]: sessionId }, 'inner'));
  expect(await readRow(sessionId)).toMatchObject([{ event_name: 'inner' }]);
  await send(call);

  expect(await readRow(sessionId)).toMatchObject([{ event_name: 'call', event_count: 2 }]);
});

test('a session that events were sent to before has the name of a span that comes', async () => {
  const sessionId = randomUUID();
  await api.ok('createEvent', {
    body: { event: { event_type: 'tool', event_name: 'sent', session_id: sessionId } },
  });

  await send(buildSpan({ 'session.id': sessionId }, { name: 'turn' }));

  expect(await readRow(sessionId)).toMatchObject([{ event_name: 'turn', event_count: 2 }]);
});

test.each([['before'], ['after']])(
  'the name of a session that is started %s its spans come is the one that it was given',
  async (when) => {
    const sessionId = randomUUID();
    const session = { session_id: sessionId, session_name: 'checkout', metadata: { build: 7 } };
    const start = () => api.ok('startSession', { body: { session } });
    if (when === 'before') await start();
    await send(buildSpan({ ...turn, 'session.id': sessionId }));
    if (when === 'after') await start();

    await send(buildSpan({ ...turn, 'session.id': sessionId }, { startTimeUnixNano: '1000000' }));

    expect(await api.ok('getSession', { params: { session_id: sessionId } })).toMatchObject({
      session_name: 'checkout',
      metadata: { build: 7 },
    });
  },
);

test('a session event that is sent takes the place of the row that was made after spans', async () => {
  const sessionId = randomUUID();
  await send(buildSpan({ ...turn, 'session.id': sessionId }));

  await api.ok('createEvent', {
    body: { event: { event_type: 'session', event_name: 'sent', event_id: sessionId } },
  });

  expect(await readRow(sessionId)).toMatchObject([{ event_name: 'sent', user: 'ann' }]);
});

test('what an update says of a session stays, whichever spans come later, and when its trace moves', async () => {
  const root = buildSpan({ ...turn, 'session.id': randomUUID() }, { name: 'turn' });
  const thread = randomUUID();
  await send(below(root, { 'gen_ai.conversation.id': thread }));
  await api.ok('updateEvent', {
    body: { event_id: thread, outputs: { value: 'corrected' }, feedback: { rating: 5 } },
  });
  const earlier = buildSpan({ ...turn, 'gen_ai.conversation.id': thread }, { name: 'earlier' });
  await send(earlier);
  expect(await readRow(thread)).toMatchObject([{ event_name: 'earlier', output: 'corrected' }]);

  const [alone, sessionId] = [buildSpan({}, { name: 'alone' }), randomUUID()];
  await send(below(alone));
  const { events } = await api.ok('exportEvents', {
    body: { filters: [{ field: 'metadata.trace_id', operator: 'is', value: alone.traceId }] },
  });
  await api.ok('updateEvent', {
    body: { event_id: String(events[0]?.['session_id']), feedback: { rating: 1 } },
  });
  await send({
    ...alone,
    attributes: [{ key: 'session.id', value: { stringValue: sessionId } }],
  });

  expect(await api.ok('getSession', { params: { session_id: sessionId } })).toMatchObject({
    session_name: 'alone',
    feedback: { rating: 1 },
  });
});
