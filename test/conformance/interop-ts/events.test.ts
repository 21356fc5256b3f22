import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anyText, textWith } from '../matching.ts';
import { openVendorClients } from './vendor-client.ts';

const { project, clients } = await openVendorClients();

const build = (sessionId: string, eventName = 'look up') => ({
  project: project.name,
  source: 'dev',
  eventName,
  eventType: 'tool' as const,
  sessionId,
  eventId: randomUUID(),
  config: { index: 'orders' },
  inputs: { id: 17 },
  outputs: { found: true },
  duration: 12.5,
  startTime: 1_760_000_000_000,
  metadata: { cost: 0.25 },
});

const call = (model: string) => ({
  project: project.name,
  model,
  provider: 'openai',
  messages: [{ role: 'user', content: 'Hello' }],
  response: { role: 'assistant', content: 'Hi' },
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
  cost: 0.5,
  duration: 80,
  hyperparameters: { temperature: 0 },
});

describe.each(clients)("the vendor's client with %s", (_which, client) => {
  const find = (field: string, value: string, type: 'string' | 'number' | 'id' = 'string') =>
    client.events.getEvents({
      project: project.name,
      filters: [{ field, value, operator: 'is', type }],
    });

  test('creates an event, updates it and finds it', async () => {
    const event = build(randomUUID());

    const created = await client.events.createEvent({ event });
    await client.events.updateEvent({
      eventId: event.eventId,
      metadata: { reviewed: true },
      feedback: { rating: 5 },
      metrics: { score: 0.5 },
      outputs: { found: false },
      config: { index: 'archive' },
      userProperties: { user_id: 'u1' },
      duration: 20,
    });
    const { events, totalEvents } = await find('event_id', event.eventId, 'id');

    expect(created).toMatchObject({ eventId: event.eventId, success: true });
    expect(totalEvents).toBe(1);
    expect(events).toMatchObject([
      {
        eventId: event.eventId,
        sessionId: event.sessionId,
        parentId: event.sessionId,
        eventType: 'tool',
        eventName: 'look up',
        error: null,
        inputs: { id: 17 },
        outputs: { found: false },
        config: { index: 'archive' },
        metadata: { cost: 0.25, reviewed: true },
        feedback: { rating: 5 },
        metrics: { score: 0.5 },
        userProperties: { user_id: 'u1' },
        startTime: 1_760_000_000_000,
        duration: 20,
      },
    ]);
  });

  test('exports with filters, a date range, projections and pages', async () => {
    const sessionId = randomUUID();
    const names = ['first', 'second', 'third'];
    await client.events.createEventBatch({
      events: names.map((name, index) => ({
        ...build(sessionId, name),
        startTime: Date.UTC(2026, 4, index + 1),
        metadata: { rank: index + 1 },
      })),
    });
    const inSession = {
      field: 'session_id',
      value: sessionId,
      operator: 'is',
      type: 'id',
    } as const;
    const read = async (more: object) => {
      const { events } = await client.events.getEvents({
        project: project.name,
        filters: [inSession],
        ...more,
      });
      return events?.map(({ eventName }) => eventName);
    };
    const filtered = (filter: object) => read({ filters: [inSession, filter] });

    expect(
      await read({
        dateRange: { dollarGte: '2026-05-01T00:00:00.000Z', dollarLte: '2026-05-02T00:00:00.000Z' },
      }),
    ).toEqual(expect.arrayContaining(['second', 'first']));
    expect(
      await filtered({
        field: 'metadata.rank',
        value: '1',
        operator: 'greater than',
        type: 'number',
      }),
    ).toEqual(['third', 'second']);
    expect(
      await filtered({ field: 'event_name', value: 'ir', operator: 'contains', type: 'string' }),
    ).toEqual(['third', 'first']);
    expect(
      await filtered({ field: 'event_name', value: 'd', operator: 'not contains', type: 'string' }),
    ).toContain('first');
    expect(await filtered({ field: 'event_type', value: 'tool', operator: 'is not' })).toEqual([
      'unknown',
    ]);
    expect(await read({ limit: 1, page: 2 })).toEqual(['second']);
    expect(await read({ projections: ['event_name'], limit: 1 })).toEqual(['third']);
  });

  test('stores a batch as one session with properties', async () => {
    const events = [build(''), build('')].map(({ sessionId: _none, ...event }) => event);

    const result = await client.events.createEventBatch({
      events,
      isSingleSession: true,
      sessionProperties: {
        sessionName: 'nightly',
        source: 'cron',
        userProperties: { plan: 'pro' },
      },
    });
    const session = await client.session.getSession(result.sessionId ?? '');

    expect(result).toMatchObject({ success: true, eventIds: events.map(({ eventId }) => eventId) });
    expect(session).toMatchObject({
      projectId: project.id,
      eventName: 'nightly',
      source: 'cron',
      userProperties: { plan: 'pro' },
    });
    expect(session.metadata).toMatchObject({ num_events: 2 });
  });

  test('stores model calls, one and many', async () => {
    const one = await client.events.createModelEvent({ modelEvent: call('small') });
    const many = await client.events.createModelEventBatch({
      modelEvents: [
        call('small'),
        { ...call('large'), eventName: 'summary', error: 'interrupted' },
      ],
      isSingleSession: true,
      sessionProperties: { sessionName: 'models' },
    });
    const { events } = await find('event_id', many.eventIds?.[1] ?? '');

    expect(one).toMatchObject({ success: true, eventId: anyText });
    expect(many.eventIds).toHaveLength(2);
    expect(events).toMatchObject([
      {
        eventType: 'model',
        eventName: 'summary',
        error: 'interrupted',
        inputs: { messages: [{ role: 'user', content: 'Hello' }], model: 'large' },
        outputs: { response: { role: 'assistant', content: 'Hi' } },
      },
    ]);
  });

  test('reports what is wrong with an event', async () => {
    const event = { ...build(randomUUID()), startTime: -1 };

    await expect(client.events.createEvent({ event })).rejects.toMatchObject({
      statusCode: 400,
      body: textWith('start_time'),
    });
  });
});
