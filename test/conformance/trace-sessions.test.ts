import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildExport, buildSpan } from './otlp/spans.ts';
import type { SpanBody } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api, organisation, name: projectName } = await openProject();

const send = (...spans: readonly SpanBody[]) =>
  api.ok('exportTraces', { body: buildExport(spans) });

const below = (parent: SpanBody, attributes: Readonly<Record<string, unknown>> = {}) =>
  buildSpan(attributes, {
    traceId: parent.traceId,
    parentSpanId: parent.spanId,
    startTimeUnixNano: '1760000000100000000',
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
  const later = {
    ...below(run, { 'session.id': other }),
    startTimeUnixNano: '1760000000200000000',
  };

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
