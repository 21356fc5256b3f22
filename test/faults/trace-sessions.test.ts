import { createOperationCaller, makeDataDir, removeDataDir, startService } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { buildExport, buildSpan } from '../conformance/otlp/spans.ts';
import type { SpanBody } from '../conformance/otlp/spans.ts';

const env = { HH_LOG_LEVEL: 'warn' };
const dataDir = await makeDataDir();
let service = await startService({ dataDir, env });
let api = createOperationCaller(service);
const { key } = service;
afterAll(async () => {
  await service.kill();
  await removeDataDir(dataDir);
});

async function killAndStart() {
  await service.kill('SIGKILL');
  service = await startService({ dataDir, key, env });
  api = createOperationCaller(service);
}

const send = (...spans: readonly SpanBody[]) =>
  api.ok('exportTraces', { body: buildExport(spans) });

const below = ({ traceId, spanId }: SpanBody) => buildSpan({}, { traceId, parentSpanId: spanId });

/** Sessions that have events of the trace. */
async function readSessions({ traceId }: SpanBody) {
  const filters = [
    { field: 'metadata.trace_id', operator: 'is' as const, value: traceId },
    { field: 'event_type', operator: 'is not' as const, value: 'session' },
  ];
  const { events } = await api.ok('exportEvents', { body: { filters } });
  return [...new Set(events.map(({ session_id }) => session_id))];
}

const readRoot = (session_id: string) => api.ok('getSession', { params: { session_id } });

test('a trace is in one session, though the process is killed between its requests', async () => {
  const [sessionId, root] = [randomUUID(), buildSpan()];
  const named = {
    ...root,
    attributes: [{ key: 'session.id', value: { stringValue: sessionId } }],
  };

  await send(below(root));
  await killAndStart();
  await send(below(root));
  await send(named);
  await killAndStart();
  await send(below(root));

  expect(await readSessions(root)).toEqual([sessionId]);
  expect((await readRoot(sessionId)).metadata).toMatchObject({ num_events: 4 });
});

test('a large trace that was being moved when the process was killed is moved after the next start', async () => {
  const [sessionId, root] = [randomUUID(), buildSpan()];
  const named = {
    ...root,
    attributes: [{ key: 'session.id', value: { stringValue: sessionId } }],
  };
  for (let request = 0; request < 4; request += 1)
    await send(...Array.from({ length: 1_000 }, () => below(root)));

  await send(named);
  await killAndStart();

  await expect
    .poll(async () => (await readRoot(sessionId)).metadata, { timeout: 30_000 })
    .toMatchObject({ num_events: 4_001 });
  expect(await readSessions(root)).toEqual([sessionId]);
});
