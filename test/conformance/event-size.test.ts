import { limits } from 'honeyhive-facts';
import { buildEvent, call, createOperationCaller, startService } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const api = createOperationCaller(service);
afterAll(() => service.stop());

const tooMuch = 'x'.repeat(limits.eventBytes);
const half = 'x'.repeat(0.6 * limits.eventBytes);

test.each([
  ['createEvent', { event: buildEvent({ inputs: { tooMuch } }) }],
  ['createEventStrict', { event_type: 'tool', event_name: 'n', inputs: { tooMuch } }],
  ['createModelEvent', { model_event: { model: 'm', messages: [tooMuch] } }],
  ['startSession', { session: { session_name: 's', metadata: { tooMuch } } }],
  ['updateEvent', { event_id: 'e', outputs: { tooMuch } }],
] as const)('one event has at most 16 MiB: %s', async (id, body) => {
  const refusal = await api.refused(id, 413, { body });

  expect(refusal.message).toContain(`${limits.eventBytes} bytes for one event`);
});

test('one event of a batch that is larger costs none of the others', async () => {
  const small = buildEvent();

  const result = await api.ok('createEventBatch', {
    body: { events: [buildEvent({ inputs: { tooMuch } }), small] },
  });

  expect(result.event_ids).toEqual([small.event_id]);
  expect(result.errors).toEqual([
    {
      index: 0,
      code: 'invalid_request',
      message: `events[0].inputs.tooMuch: more than ${limits.eventBytes} bytes in one item`,
    },
  ]);
});

test('so does a span, whose text becomes larger as JSON', async () => {
  const spanOf = (spanId: string, value: string) => ({
    traceId: 'ab'.repeat(16),
    spanId: spanId.repeat(16),
    name: 'n',
    startTimeUnixNano: '1790000000000000000',
    attributes: [{ key: 'input.value', value: { stringValue: value } }],
  });
  const spans = [
    spanOf('a', tooMuch),
    spanOf('b', '\u0001'.repeat(half.length / 6)),
    spanOf('c', 'x'),
  ];

  const answer = await call(service, 'POST /v1/traces', {
    body: { resourceSpans: [{ scopeSpans: [{ spans }] }] },
  });

  expect(answer).toMatchObject({ status: 200, body: { partialSuccess: { rejectedSpans: '1' } } });
});

test('an event grows to that by updates, and no further', async () => {
  const { event_id: eventId } = await api.ok('createEvent', {
    body: { event: buildEvent({ metadata: { first: half } }) },
  });

  const refusal = await api.refused('updateEventById', 413, {
    params: { event_id: eventId },
    body: { metadata: { second: half } },
  });
  await api.ok('updateEventById', {
    params: { event_id: eventId },
    body: { metadata: { third: 1 } },
  });
  const { event } = await api.ok('getEvent', { params: { event_id: eventId } });

  expect(refusal.message).toContain(`at most ${limits.eventBytes} bytes in the JSON fields`);
  expect(event.metadata).toEqual({ first: half, third: 1 });
});

test('so does a session that is started again, and the properties that a batch gives one', async () => {
  const session = { session_id: 'grows', metadata: { first: half } };
  await api.ok('startSession', { body: { session } });

  await api.refused('startSession', 413, {
    body: { session: { session_id: 'grows', metadata: { second: half } } },
  });
  const result = await api.ok('createEventBatch', {
    body: {
      events: [buildEvent()],
      single_session: true,
      session_properties: { session_id: 'grows', metadata: { second: half } },
    },
  });

  expect(result).toMatchObject({
    created_count: 1,
    warnings: [
      {
        field: 'session_properties',
        message: expect.stringContaining('stays as it is') as unknown,
      },
    ],
  });
});

test('fields that lie in each other are answered once', async () => {
  const path = Array.from({ length: 15 }, (_, index) => `k${index}`);
  const inputs = path.reduceRight<Record<string, unknown>>((inner, key) => ({ [key]: inner }), {
    text: 'x',
  });
  await api.ok('createEvent', { body: { event: buildEvent({ event_name: 'deep', inputs }) } });
  const all = path.map((_, index) => ['inputs', ...path.slice(0, index)].join('.'));

  const pages = await Promise.all(
    [all, all.toReversed()].map((projections) =>
      api.ok('exportEvents', {
        body: { filters: [{ field: 'event_name', operator: 'is', value: 'deep' }], projections },
      }),
    ),
  );

  expect(pages.map(({ events }) => events.map((event) => event.inputs))).toEqual([
    [inputs],
    [inputs],
  ]);
});
