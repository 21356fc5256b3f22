import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildExport, buildSpan } from './otlp/spans.ts';
import type { SpanBody } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api, organisation, name: projectName } = await openProject();

const send = (...spans: readonly SpanBody[]) =>
  api.ok('exportTraces', { body: buildExport(spans) });

let startMs = 1_760_000_000_100;

/** A span that begins after all others. */
const below = (parent: SpanBody, attributes: Readonly<Record<string, unknown>> = {}) =>
  buildSpan(attributes, {
    traceId: parent.traceId,
    parentSpanId: parent.spanId,
    startTimeUnixNano: `${(startMs += 1)}000000`,
    endTimeUnixNano: '1760000009000000000',
    name: 'step',
  });

/** Number of events of each session of a trace. */
async function readSessions({ traceId }: SpanBody) {
  const filters = [{ field: 'metadata.trace_id', operator: 'is' as const, value: traceId }];
  const { events } = await api.ok('exportEvents', { body: { filters } });
  const counts = new Map<unknown, number>();
  for (const { session_id, event_type } of events)
    if (event_type !== 'session') counts.set(session_id, (counts.get(session_id) ?? 0) + 1);
  return counts;
}

test('a span that names no session joins the one that a span of its trace named in an earlier request', async () => {
  const sessionId = randomUUID();
  const root = buildSpan({ 'session.id': sessionId });

  await send(root);
  await send(below(root));

  expect(await readSessions(root)).toEqual(new Map([[sessionId, 2]]));
});

test('the session of the first span has those below it, which name another one', async () => {
  const sessionId = randomUUID();
  const root = buildSpan({ 'session.id': sessionId });
  const run = below(root, { 'gen_ai.conversation.id': randomUUID() });

  await send(root, run);
  await send(below(run, { 'gen_ai.conversation.id': randomUUID() }));

  expect(await readSessions(root)).toEqual(new Map([[sessionId, 3]]));
});

test('where the first span names no session, the one that began first of those that do decides', async () => {
  const [sessionId, other] = [randomUUID(), randomUUID()];
  const root = buildSpan();
  const run = below(root, { 'session.id': sessionId });
  const later = below(run, { 'session.id': other });

  await send(root, later, run);
  await send(below(later, { 'gen_ai.conversation.id': randomUUID() }));

  expect(await readSessions(root)).toEqual(new Map([[sessionId, 4]]));
});

test('a span stays in the session that it was sent to, which its sender starts, whatever that of its trace', async () => {
  const [sessionId, started] = [randomUUID(), randomUUID()];
  await api.ok('startSession', { body: { session: { session_id: started } } });
  const root = buildSpan({ 'session.id': sessionId });

  await send(root);
  await send(below(root, { 'honeyhive.session_id': started }));

  expect(await readSessions(root)).toEqual(
    new Map([
      [sessionId, 1],
      [started, 1],
    ]),
  );
});

test('with a key of the organisation, a later span goes to the project of the session of its trace', async () => {
  const sessionId = randomUUID();
  await organisation.ok('startSession', {
    body: { session: { session_id: sessionId, project: projectName } },
  });
  const root = buildSpan({ 'session.id': sessionId });

  await organisation.ok('exportTraces', { body: buildExport([root]) });
  await organisation.ok('exportTraces', { body: buildExport([below(root)]) });

  expect(await readSessions(root)).toEqual(new Map([[sessionId, 2]]));
});

test('a first span that comes late takes what came before to the session that it names', async () => {
  const sessionId = randomUUID();
  const root = buildSpan({ 'session.id': sessionId }, { name: 'turn' });
  const run = below(root, { 'gen_ai.usage.input_tokens': 7, 'gen_ai.operation.name': 'chat' });
  await send(below(run), below(run));
  await send(run);
  const [own = ''] = (await readSessions(root)).keys();
  await api.ok('updateEvent', {
    body: { event_id: await findEvent(run), feedback: { rating: 5 } },
  });

  await send(root);

  expect(await readSessions(root)).toEqual(new Map([[sessionId, 4]]));
  const tree = await api.ok('getSessionTree', { params: { session_id: sessionId } });
  expect(tree).toMatchObject({
    event_count: 4,
    metadata: { prompt_tokens: 7, num_model_events: 1 },
    children: [{ event_name: 'turn', children: [{ feedback: { rating: 5 }, children: [{}, {}] }] }],
  });
  await api.refused('getSession', 404, { params: { session_id: String(own) } });
  const eventId = await findEvent(run);
  expect(await api.ok('getEvent', { params: { event_id: eventId } })).toMatchObject({
    event: { session_id: sessionId },
  });
  await api.ok('deleteEvent', { params: { event_id: eventId } });
  expect(await readSessions(root)).toEqual(new Map([[sessionId, 3]]));
});

test('a trace leaves the session that a span further down named; what else is there stays', async () => {
  const [sessionId, thread] = [randomUUID(), randomUUID()];
  const other = buildSpan({ 'gen_ai.conversation.id': thread });
  const root = buildSpan({ 'session.id': sessionId });
  const run = below(root, { 'gen_ai.conversation.id': thread });
  await send(other);
  await send(run, below(run));

  await send(root);

  expect(await readSessions(root)).toEqual(new Map([[sessionId, 3]]));
  expect(await readSessions(other)).toEqual(new Map([[thread, 1]]));
});

test('a trace of more events than one commit moves is in one session soon', async () => {
  const sessionId = randomUUID();
  const root = buildSpan({ 'session.id': sessionId });
  await send(...Array.from({ length: 1_200 }, () => below(root)));

  await send(root);

  await expect
    .poll(
      async () => {
        const session = await api.ok('getSession', { params: { session_id: sessionId } });
        return session.metadata;
      },
      { timeout: 20_000 },
    )
    .toMatchObject({ num_events: 1_201 });
});

async function findEvent({ spanId }: SpanBody): Promise<string> {
  const filters = [{ field: 'metadata.span_id', operator: 'is' as const, value: spanId }];
  const { events } = await api.ok('exportEvents', { body: { filters } });
  return String(events[0]?.['event_id']);
}
