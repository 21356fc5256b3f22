import { HoneyHiveTracer, enrichSession } from 'honeyhive-official';
import { expect, inject, test } from 'vitest';
import { openProject } from '../own-project.ts';

const { api, key, name: project } = await openProject();

test("the vendor's tracer starts a session, names it and enriches it", async () => {
  process.env['TRACELOOP_TELEMETRY'] = 'false';
  const tracer = await HoneyHiveTracer.init({
    apiKey: key,
    project,
    sessionName: 'traced',
    source: 'dev',
    serverUrl: inject('service').url,
    disableBatch: true,
  });

  await enrichSession({
    sessionId: tracer.sessionId ?? '',
    metadata: { build: 7 },
    feedback: { rating: 4 },
    metrics: { score: 1 },
    outputs: { answer: 42 },
    userProperties: { user_id: 'u1' },
  });
  const session = await api.ok('getSession', { params: { session_id: tracer.sessionId ?? '' } });

  expect(session).toMatchObject({
    session_name: 'traced',
    source: 'dev',
    feedback: { rating: 4 },
    metrics: { score: 1 },
    outputs: { answer: 42 },
    user_properties: { user_id: 'u1' },
  });
  expect(session.metadata).toMatchObject({ build: 7 });
});

test("the vendor's tracer sends its functions as spans of the session", async () => {
  const tracer = await HoneyHiveTracer.init({
    apiKey: key,
    project,
    sessionName: 'with spans',
    source: 'dev',
    serverUrl: inject('service').url,
    disableBatch: true,
  });
  const lookUp = tracer.traceTool(
    function lookUp(order: number) {
      return { order, status: 'shipped' };
    },
    { eventName: 'look up' },
  );
  const answer = tracer.traceChain(
    function answer(question: string) {
      lookUp(17);
      return `${question} Tomorrow.`;
    },
    { eventName: 'answer' },
  );

  answer('When?');
  await tracer.flush();
  const session_id = tracer.sessionId ?? '';
  const tree = await api.ok('getSessionTree', { params: { session_id } });

  expect(tree).toMatchObject({
    session_name: 'with spans',
    event_count: 2,
    children: [
      {
        event_type: 'chain',
        inputs: { _params_: { question: 'When?' } },
        outputs: { result: 'When? Tomorrow.' },
        source: 'dev',
        children: [{ event_type: 'tool', outputs: { result: { order: 17, status: 'shipped' } } }],
      },
    ],
  });
});
