import { createOperationCaller } from 'honeyhive-testkit';
import type { OperationInput } from 'honeyhive-testkit';
import type { OperationId } from 'honeyhive-wire';
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { buildExport, buildSpan } from '../conformance/otlp/spans.ts';
import { openStream } from '../conformance/stream-reader.ts';
import { openSharedStores } from '../support/shared-stores.ts';
import { roundNumbers, rounds } from './rounds.ts';

const serverCount = 3;
const sessionCount = 4;
const eventCount = 24;
/** Updates of each event by each server. */
const updateCount = 3;

const stores = await openSharedStores(serverCount);
const { servers } = stores;
afterAll(() => stores.close());

/** Sends it to one server after the other until one acknowledges it. */
async function send(first: number, id: OperationId, input: OperationInput): Promise<void> {
  for (let attempt = first; ; attempt += 1) {
    const server = servers[attempt % servers.length];
    if (!server) throw new Error('no server');
    const answer = await createOperationCaller(server)
      .send(id, input)
      .catch(() => null);
    if (answer?.status === 200) return;
    if (answer !== null && answer.status < 500) throw new Error(`${id}: ${answer.text}`);
    await delay(50);
  }
}

const eventIdOf = (project: string, index: number): string => `${project} event ${index}`;
const sessionIdOf = (project: string, index: number): string =>
  `${project} session ${index % sessionCount}`;

const sendEvent = (project: string, index: number): Promise<void> =>
  send(randomInt(serverCount), 'createEvent', {
    body: {
      event: {
        project,
        session_id: sessionIdOf(project, index),
        event_id: eventIdOf(project, index),
        event_type: 'model',
        event_name: `call ${index}`,
        metadata: { total_tokens: 1 },
      },
    },
  });

/** Each adds another field, of an event that comes later, too. */
const sendUpdates = (project: string, index: number): Promise<void>[] =>
  Array.from({ length: serverCount * updateCount }, async (_each, update) => {
    await delay(randomInt(300));
    await send(update, 'updateEvent', {
      query: { project },
      body: { event_id: eventIdOf(project, index), metadata: { [`update ${update}`]: update } },
    });
  });

/** What all servers say of the project, which has to be the same. */
async function readAll(project: string) {
  const answers = [];
  for (const server of servers) {
    const api = createOperationCaller(server);
    const { events } = await api.ok('exportEvents', { body: { project, limit: 1_000 } });
    const sessions = await api.ok('exploreRows', { body: { project, scope: 'sessions' } });
    answers.push({
      events: events
        .filter(({ event_type }) => event_type === 'model')
        .map(({ event_id, metadata }) => [event_id, metadata] as const)
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      counts: sessions.rows
        .map((row) => ('event_count' in row ? row.event_count : -1))
        .toSorted((a, b) => a - b),
      tokens: sessions.rows.reduce((sum, row) => sum + (row.total_tokens ?? 0), 0),
    });
  }
  return answers;
}

test('several servers start at once on empty stores', async () => {
  await Promise.all([stores.start(0), stores.start(1), stores.start(2)]);
  const [first] = servers;
  if (!first) throw new Error('no server');
  const { keys } = await createOperationCaller(first).ok('listKeys');

  expect(keys.map(({ created_by }) => created_by)).toEqual(['first start']);
  expect(servers.map((server) => server.isRunning())).toEqual([true, true, true]);
});

/** Longer than a database waits for a transaction that does nothing: others write what the server was about to. */
const pauseMs = 12_000;

const faults: Readonly<Record<string, (index: number) => Promise<void>>> = {
  async 'a server is killed'(index) {
    await servers[index]?.kill('SIGKILL');
    await stores.start(index);
  },
  async 'a server is paused'(index) {
    const pid = servers[index]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await delay(pauseMs);
    process.kill(pid, 'SIGCONT');
  },
  async 'PostgreSQL is killed'() {
    await stores.postgres.kill();
    await stores.postgres.start();
  },
  async 'the ClickHouse server is killed'() {
    await stores.clickHouse.kill();
    await stores.clickHouse.restart();
  },
};

test.each(roundNumbers.flatMap((round) => Object.keys(faults).map((fault) => [fault, round])))(
  `three servers write to the same events, and %s: nothing is lost or duplicated: round %i of ${rounds}`,
  async (fault, round) => {
    const project = `${fault} ${round}`;
    await send(0, 'createProject', { body: { name: project } });
    const work = Array.from({ length: eventCount }, (_each, index) => [
      ...sendUpdates(project, index),
      sendEvent(project, index),
    ]).flat();
    await delay(randomInt(50, 400));
    await faults[fault]?.(randomInt(serverCount));
    await Promise.all(work);

    const fields = Object.fromEntries(
      Array.from({ length: serverCount * updateCount }, (_each, update) => [
        `update ${update}`,
        update,
      ]),
    );
    const [first, ...others] = await readAll(project);
    expect(first?.events.map(([id]) => id)).toEqual(
      Array.from({ length: eventCount }, (_each, index) => eventIdOf(project, index)).toSorted(),
    );
    for (const [, metadata] of first?.events ?? []) expect(metadata).toMatchObject(fields);
    expect(first?.counts).toEqual(
      Array.from({ length: sessionCount }, () => eventCount / sessionCount),
    );
    expect(first?.tokens).toBe(eventCount);
    for (const other of others) expect(other).toEqual(first);
  },
);

const traceCount = 8;
const spansBelow = 5;

/** The spans of a trace, of which the root names the session. */
function makeTrace(sessionId: string) {
  const root = buildSpan({ 'session.id': sessionId, 'gen_ai.usage.input_tokens': 1 });
  const { traceId, spanId: parentSpanId } = root;
  const below = Array.from({ length: spansBelow }, () => buildSpan({}, { traceId, parentSpanId }));
  return { traceId, sessionId, spans: [root, ...below] };
}

test.each(roundNumbers)(
  `the spans of a trace that different servers receive at once are one session: round %i of ${rounds}`,
  async () => {
    const traces = Array.from({ length: traceCount }, () => makeTrace(randomUUID()));
    await Promise.all(
      traces.flatMap(({ spans }) =>
        spans.map(async (span) => {
          await delay(randomInt(200));
          await send(randomInt(serverCount), 'exportTraces', { body: buildExport([span]) });
        }),
      ),
    );

    for (const server of servers) {
      const api = createOperationCaller(server);
      for (const { traceId, sessionId, spans } of traces) {
        const filters = [
          { field: 'metadata.trace_id', operator: 'is' as const, value: traceId },
          { field: 'event_type', operator: 'is not' as const, value: 'session' },
        ];
        const { events } = await api.ok('exportEvents', { body: { filters } });
        const root = await api.ok('getSession', { params: { session_id: sessionId } });

        expect(events.map(({ session_id }) => session_id)).toEqual(spans.map(() => sessionId));
        expect(root.metadata).toMatchObject({ num_events: spans.length });
      }
    }
  },
);

test('what one server stores is in the streams of another', async () => {
  const [one, other] = servers;
  if (!one || !other) throw new Error('no servers');
  const stream = await openStream(`${one.url}/v1/explore/tail?project=default`, {
    authorization: `Bearer ${one.key}`,
  });
  await stream.next(({ name }) => name === 'listening');

  const event = { event_type: 'tool', event_name: 'seen elsewhere' };
  await createOperationCaller(other).ok('createEvent', { body: { event } });
  const rows = await stream.next(
    ({ name, data }) => name === 'rows' && JSON.stringify(data).includes('seen elsewhere'),
  );
  stream.close();

  expect(rows.name).toBe('rows');
});
