import { buildEvent } from 'honeyhive-testkit';
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildExport, buildSpan } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api, name: project } = await openProject();

const start = 1_760_000_000_000;

const row = async (scope: 'sessions' | 'events', field: string, value: string) => {
  const filters = [{ field, operator: 'is', value }];
  const { rows } = await api.ok('exploreRows', { body: { project, scope, filters } });
  return rows[0];
};
const rowOf = (eventId: string) => row('events', 'event_id', eventId);
const sessionOf = (sessionId: string) => row('sessions', 'session_id', sessionId);

async function send(event: Readonly<Record<string, unknown>>): Promise<string> {
  const sent = buildEvent({ session_id: randomUUID(), ...event });
  await api.ok('createEvent', { body: { event: sent } });
  return sent.event_id;
}

test.each([
  ['an end', { start_time: start, end_time: start }],
  ['a duration', { start_time: start, duration: 0 }],
  ['both', { start_time: start, end_time: start, duration: 0 }],
])('a step of 0 ms that was sent with %s has ended', async (_name, times) => {
  expect(await rowOf(await send(times))).toMatchObject({ end_time: start, duration_ms: 0 });
});

test('a step without an end is running until an update or a second create gives it one', async () => {
  const event = { event_id: randomUUID(), session_id: randomUUID(), start_time: start };
  const other = await send({ start_time: start });
  await send(event);

  const before = [await rowOf(event.event_id), await rowOf(other)];
  await send({ ...event, end_time: start });
  await api.ok('updateEvent', { body: { event_id: other, duration: 0 } });
  const after = [await rowOf(event.event_id), await rowOf(other)];

  const running = { end_time: null, duration_ms: null };
  const ended = { end_time: start, duration_ms: 0 };
  expect(before).toMatchObject([running, running]);
  expect(after).toMatchObject([ended, ended]);
});

test('a span without an end is running, one that ends as it begins is not', async () => {
  const traceId = randomBytes(16).toString('hex');
  const at = `${start}000000`;
  const ids = ['running', 'ended'].map(() => randomUUID());
  const spans = ids.map((id, place) =>
    buildSpan(
      { honeyhive_event_id: id },
      { traceId, startTimeUnixNano: at, endTimeUnixNano: place === 0 ? '0' : at },
    ),
  );

  await api.ok('exportTraces', { body: buildExport(spans) });

  expect(await Promise.all(ids.map(rowOf))).toMatchObject([
    { end_time: null, duration_ms: null },
    { end_time: start, duration_ms: 0 },
  ]);
});

test('a session lasts from the earliest start to the latest end, whatever the clock of its root', async () => {
  const ahead = { session_id: randomUUID(), start_time: start + 3_600_000 };
  await api.ok('startSession', { body: { session: ahead } });
  await send({ session_id: ahead.session_id, start_time: start, end_time: start + 10_000 });
  await send({ session_id: ahead.session_id, start_time: start + 5_000 });

  expect(await sessionOf(ahead.session_id)).toMatchObject({
    start_time: start,
    end_time: start + 3_600_000,
    duration_ms: 3_600_000,
  });
});

test('a session in which nothing has ended has no duration', async () => {
  const session_id = randomUUID();
  await api.ok('startSession', { body: { session: { session_id, start_time: start } } });
  await send({ session_id, start_time: start + 5_000 });

  expect(await sessionOf(session_id)).toMatchObject({ end_time: null, duration_ms: null });
});
