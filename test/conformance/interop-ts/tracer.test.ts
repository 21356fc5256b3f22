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
