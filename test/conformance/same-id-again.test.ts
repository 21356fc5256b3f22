import { HoneyHive } from 'honeyhive';
import type { CreateEventInput } from 'honeyhive';
import { buildEvent, createOperationCaller } from 'honeyhive-testkit';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { textWith } from './matching.ts';
import { buildExport, buildSpan } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api, organisation, key, name: project, url } = await openProject();
const client = new HoneyHive({ apiKey: key, baseUrl: inject('service').url });
afterAll(() => client.close());

const start = 1_760_000_000_000;

type Sent = CreateEventInput & { readonly event_id: string };

const build = (over: Partial<Sent> = {}): Sent => ({
  event_id: `step-${randomUUID()}`,
  session_id: `conversation-${randomUUID()}`,
  event_type: 'tool',
  event_name: 'look up order',
  start_time: start,
  ...over,
});

const read = async ({ event_id }: Sent) =>
  (await api.ok('getEvent', { params: { event_id } })).event;
const stepsOf = async (session_id: string) =>
  (await api.ok('getSessionTree', { params: { session_id } })).children.map(
    ({ event_name }) => event_name,
  );

async function sendAlone(event: Sent): Promise<string | null> {
  const answer = await api.send('createEvent', { body: { event } });
  return answer.status === 200 ? null : answer.text;
}

/** With an event that is stored, whatever the outcome of this one. */
async function sendInBatch(event: Sent): Promise<string | null> {
  const other = buildEvent({ session_id: randomUUID() });
  const result = await api.ok('createEventBatch', { body: { events: [other, event] } });
  expect(result.event_ids).toContain(other.event_id);
  expect(result.created_count).toBe(result.event_ids.length);
  expect(result.created_count + result.failed_count).toBe(2);
  return result.errors[0]?.message ?? null;
}

async function sendInBackground(event: Sent): Promise<string | null> {
  const outcome = await client.logEvent(event).done;
  return outcome.status === 'stored' ? null : `${outcome.reason}: ${outcome.message}`;
}

async function sendAsSpan(event: Sent): Promise<string | null> {
  const { event_id, session_id, event_name: name, end_time: end, outputs } = event;
  const attributes = {
    'honeyhive.session_id': session_id,
    honeyhive_event_id: event_id,
    ...(outputs === undefined ? {} : { honeyhive_outputs: JSON.stringify(outputs) }),
  };
  const times = {
    startTimeUnixNano: `${start}000000`,
    endTimeUnixNano: end === undefined ? '0' : `${String(end)}000000`,
  };
  const body = buildExport([buildSpan(attributes, { name, ...times })]);
  const { partialSuccess } = await api.ok('exportTraces', { body });
  return partialSuccess?.errorMessage ?? null;
}

const ways = [
  ['alone', sendAlone],
  ['in a batch', sendInBatch],
  ['in the background', sendInBackground],
  ['as a span', sendAsSpan],
] as const;

describe.each(ways)('an id that is sent again, %s', (_how, send) => {
  test('with the same content is a retry', async () => {
    const event = build({ outputs: { content: 'done' }, end_time: start + 5 });

    expect([await send(event), await send(event)]).toEqual([null, null]);
    expect(await stepsOf(event.session_id)).toEqual(['look up order']);
  });

  test('with an end and outputs that the first had not completes it', async () => {
    const event = build();
    await send(event);

    const refusal = await send({ ...event, end_time: start + 900, outputs: { content: 'done' } });

    expect(refusal).toBeNull();
    expect(await read(event)).toMatchObject({
      start_time: start,
      end_time: start + 900,
      duration: 900,
      outputs: { content: 'done' },
    });
  });

  test('in another session is refused, and what was stored stays', async () => {
    const first = build();
    const second = build({ event_id: first.event_id, event_name: 'of another conversation' });
    await send(first);

    const refusal = await send(second);

    for (const part of [first.event_id, first.session_id]) expect(refusal).toContain(part);
    expect(await read(first)).toMatchObject({ session_id: first.session_id });
    await api.refused('getSession', 404, { params: { session_id: second.session_id } });
  });

  test('after it was deleted is refused', async () => {
    const event = build();
    await send(event);
    await api.ok('deleteEvent', { params: { event_id: event.event_id } });

    expect(await send(event)).toContain('deleted');
    await api.refused('getEvent', 404, { params: { event_id: event.event_id } });
  });
});

test('a single create that is refused is a conflict that names the field', async () => {
  const event = build();
  await api.ok('createEvent', { body: { event } });
  const body = { event: build({ event_id: event.event_id }) };

  const refusal = await api.refused('createEvent', 409, { body });

  expect(refusal).toMatchObject({
    errorCode: 'conflict',
    issues: [{ field: 'event_id', message: textWith(event.session_id) }],
  });
});

test('a batch names each refused event by its index, and the background drops it as rejected', async () => {
  const [first, third] = [build(), build({ event_name: 'third' })];
  const second = build({ event_id: first.event_id });

  const result = await api.ok('createEventBatch', { body: { events: [first, second, third] } });
  const alone = await api.ok('createEventBatch', { body: { events: [second] } });

  const error = { code: 'conflict', message: textWith('events[1].event_id') };
  expect(result).toMatchObject({
    event_ids: [first.event_id, third.event_id],
    created_count: 2,
    failed_count: 1,
    errors: [{ index: 1, ...error }],
  });
  expect(alone).toMatchObject({ event_ids: [], created_count: 0, failed_count: 1 });
  expect(await client.logEvent(second).done).toMatchObject({ reason: 'rejected' });
});

test('fields that differ are named in the warnings, by their paths', async () => {
  const event = build({ outputs: { content: 'first' }, metadata: { tier: 'gold', seat: 1 } });
  await api.ok('createEvent', { body: { event } });
  const again = { ...event, outputs: { content: 'second' }, metadata: { tier: 'free', more: 2 } };

  const alone = await api.ok('createEvent', { body: { event: again } });
  const batch = await api.ok('createEventBatch', { body: { events: [buildEvent(), again] } });

  const message = textWith('another value');
  const warnings = [
    { field: 'outputs', message },
    { field: 'metadata.tier', message },
  ];
  expect(alone.warnings).toEqual(warnings);
  expect(batch.warnings).toEqual(warnings.map((warning) => ({ index: 1, ...warning })));
  expect(await read(event)).toMatchObject({
    outputs: { content: 'first' },
    metadata: { tier: 'gold', seat: 1, more: 2 },
  });
});

test('a key that may only send does not learn to which session the id belongs', async () => {
  const event = build();
  await api.ok('createEvent', { body: { event } });
  const { api_key } = await organisation.ok('createKey', {
    body: { name: 'sends', access: 'ingest', project },
  });

  const refusal = await createOperationCaller({ url, key: api_key }).refused('createEvent', 409, {
    body: { event: build({ event_id: event.event_id }) },
  });

  expect(refusal.message).toContain(event.event_id);
  expect(JSON.stringify(refusal)).not.toContain(event.session_id);
});

test('the same id in two projects is two events', async () => {
  const event = build();

  await api.ok('createEvent', { body: { event } });
  const other = { ...event, session_id: randomUUID(), project: `other ${randomUUID()}` };
  const created = await organisation.ok('createEvent', { body: { event: other } });

  expect(created).not.toHaveProperty('warnings');
});

test('a session cannot be started under the id of an event, nor once it was deleted', async () => {
  const event = build();
  await api.ok('createEvent', { body: { event } });
  const ofEvent = { session_id: event.event_id };
  const taken = await api.refused('startSession', 409, { body: { session: ofEvent } });
  await api.ok('deleteSession', { params: { session_id: event.session_id } });
  const deleted = await api.refused('startSession', 409, {
    body: { session: { session_id: event.session_id } },
  });

  expect(taken.issues).toMatchObject([{ field: 'session_id', message: textWith('session') }]);
  expect(deleted.issues).toMatchObject([{ field: 'session_id', message: textWith('deleted') }]);
});

test('a span that comes again with its end, in a separate request, completes it', async () => {
  const span = { traceId: randomBytes(16).toString('hex'), name: `run ${randomUUID()}` };
  const first = buildSpan({}, { ...span, endTimeUnixNano: '0' });
  await api.ok('exportTraces', { body: buildExport([first]) });

  const ended = buildSpan({ 'output.value': 'final' }, { ...span, spanId: first.spanId });
  const answer = await api.ok('exportTraces', { body: buildExport([ended]) });

  const { events } = await api.ok('exportEvents', {
    body: { filters: [{ field: 'event_name', operator: 'is', value: span.name }] },
  });
  expect(answer).toEqual({});
  expect(events.filter((event) => event['event_type'] !== 'session')).toMatchObject([
    { duration: 1000, outputs: { value: 'final' } },
  ]);
});
