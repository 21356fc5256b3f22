import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import {
  connect,
  eventInput,
  failureOf,
  nowhere,
  storedEvent,
  uuidV7,
} from '../testing/connect.ts';
import { reply, reset, startScriptedServer, truncate } from '../testing/scripted-server.ts';
import type { Step } from '../testing/scripted-server.ts';

describe('events', () => {
  test('createEvent gives what was sent and what the service answered', async () => {
    await using server = await startScriptedServer(reply(200, { event_id: 'e', success: true }));
    await using client = connect(server.url);

    const event = await client.createEvent({ ...eventInput, outputs: { hits: 3 }, step: 2 });

    expect(event).toMatchObject({
      ...eventInput,
      event_id: 'e',
      success: true,
      metadata: { step: 2 },
    });
    expect(server.arrived[0]).toMatchObject({
      method: 'POST',
      url: '/events',
      json: {
        event: {
          ...eventInput,
          inputs: {},
          outputs: { hits: 3 },
          event_id: expect.stringMatching(uuidV7) as string,
        },
      },
    });
  });

  test('a create that is tried again is the same event', async () => {
    await using server = await startScriptedServer(
      reset,
      truncate,
      reply(503, {}, { 'retry-after': '0' }),
      reply(200, { event_id: 'e' }),
    );
    await using client = connect(server.url);

    await client.createEvent(eventInput);

    expect(server.arrived).toHaveLength(4);
    expect(new Set(server.arrived.map(({ json }) => JSON.stringify(json))).size).toBe(1);
    const stamps = server.arrived.map(({ headers }) => headers['hh-client-timestamp']);
    expect(new Set(stamps).size).toBe(1);
  });

  test.each([
    [{ ...eventInput, event_type: 'batch_item' }, 'event_type'],
    [{ ...eventInput, session_id: '' }, 'session_id'],
    [{ session_id: 's', event_type: 'tool' }, 'event_name'],
    [undefined, ''],
  ])('createEvent refuses %j before it is sent', async (event, field) => {
    await using server = await startScriptedServer(reply(200, {}));
    await using client = connect(server.url);

    const error = await failureOf(client.createEvent(event as typeof eventInput));

    expect(error).toBeInstanceOf(errors.HoneyHiveValidationError);
    expect(error).toMatchObject({ statusCode: 400, response: null, issues: [{ field }] });
    expect(server.arrived).toHaveLength(0);
  });

  test('a value that JSON cannot hold costs no other event of its batch', async () => {
    await using server = await startScriptedServer(reply(200, { event_ids: [] }));
    await using client = connect(server.url);

    await client.createEventsBatch([eventInput, { ...eventInput, inputs: { big: 1n } }]);

    expect(server.arrived[0]?.json).toMatchObject({
      events: [{ inputs: {} }, { inputs: { big: '1' } }],
    });
  });

  test('an error is its name and message; the rest is in the metadata, unless that is taken', async () => {
    await using server = await startScriptedServer(reply(200, { event_id: 'e' }));
    await using client = connect(server.url);
    const error = new RangeError('far', { cause: new Error('429') });

    await client.createEvent({ ...eventInput, error });
    await client.updateEvent({ event_id: 'e', error, metadata: { error: 'own' } });
    await client.createEvent({ ...eventInput, error: { code: 7 } });

    expect(server.arrived.map(({ json }) => json)).toMatchObject([
      {
        event: {
          error: 'RangeError: far',
          metadata: { error: { stack: error.stack, cause: { message: '429' } } },
        },
      },
      { error: 'RangeError: far', metadata: { error: 'own' } },
      { event: { error: { code: 7 } } },
    ]);
  });

  test('getEvent unwraps the event', async () => {
    await using server = await startScriptedServer(
      reply(200, { event: storedEvent('e'), children: [] }),
    );
    await using client = connect(server.url);

    expect(await client.getEvent('e')).toEqual(storedEvent('e'));
    expect(server.arrived[0]).toMatchObject({
      method: 'GET',
      url: '/v1/events/e',
      json: undefined,
    });
  });

  test('listEvents reads an offset that is no multiple of the limit', async () => {
    const events = Array.from({ length: 5 }, (_, index) => storedEvent(`e${index}`));
    await using server = await startScriptedServer(reply(200, { events, count: 100 }));
    await using client = connect(server.url);

    const page = await client.listEvents({
      session_id: 's',
      event_type: 'model',
      limit: 3,
      offset: 7,
    });

    expect(page.events.map(({ event_id: id }) => id)).toEqual(['e2', 'e3', 'e4']);
    expect(page).toMatchObject({ total: 100, limit: 3, offset: 7, has_more: true });
    expect(server.arrived[0]?.json).toMatchObject({ limit: 5, page: 2, offset: 5 });
  });

  test.each([{ limit: 0 }, { limit: 7501 }, { offset: -1 }, { offset: 1.5 }, { inputs: {} }])(
    'listEvents refuses %j',
    async (query) => {
      await using client = connect(nowhere);

      await expect(client.listEvents(query)).rejects.toBeInstanceOf(
        errors.HoneyHiveValidationError,
      );
    },
  );

  test('updateEvent needs no answer beyond the status', async () => {
    await using server = await startScriptedServer((response) => response.writeHead(200).end());
    await using client = connect(server.url, { project: 'support' });
    const change = { event_id: 'e', feedback: { rating: 5 } };

    const updated = await client.updateEvent({ ...change, note: 'good' });
    await client.updateEvent({ ...change, project: 'other' });

    expect(updated).toEqual({ event_id: 'e', success: true });
    expect(server.arrived).toMatchObject([
      { method: 'PUT', url: '/events', json: { ...change, metadata: { note: 'good' } } },
      { method: 'PUT', url: '/events?project=other', json: change },
    ]);
  });

  test('updateEvent says when the service keeps the change for later', async () => {
    await using server = await startScriptedServer(reply(200, { success: true, held: true }));
    await using client = connect(server.url);

    const updated = await client.updateEvent({ event_id: 'e', metrics: { score: 1 } });

    expect(updated).toEqual({ event_id: 'e', success: true, held: true });
  });

  test('updateEvent refuses what cannot be changed', async () => {
    await using client = connect(nowhere);

    const error = await failureOf(
      client.updateEvent({ event_id: 'e', parent_id: 'p', source: 'x' }),
    );

    expect(error).toMatchObject({ issues: [{ field: 'parent_id' }, { field: 'source' }] });
  });

  test('createEventsBatch takes a partial failure for a result, and does not send it again', async () => {
    const fail: Step = (response, request) => {
      const { events } = request.json as { events: { event_id: string }[] };
      reply(500, { event_ids: [events[1]?.event_id], errors: ['too long'], success: true })(
        response,
        request,
        response.socket as never,
      );
    };
    await using server = await startScriptedServer(fail);
    await using client = connect(server.url);

    const result = await client.createEventsBatch([
      eventInput,
      { ...eventInput, event_type: 'batch_item' },
    ]);

    expect(server.arrived).toHaveLength(1);
    expect(result).toMatchObject({
      created_count: 1,
      failed_count: 1,
      errors: [{ index: 0, message: 'too long' }],
    });
  });

  test('createEventsBatch is tried again with the same ids', async () => {
    await using server = await startScriptedServer(
      reset,
      reply(502, {}),
      reply(200, { event_ids: [] }),
    );
    await using client = connect(server.url);

    await client.createEventsBatch([eventInput, eventInput]);

    expect(server.arrived).toHaveLength(3);
    expect(server.arrived[2]?.json).toEqual(server.arrived[0]?.json);
  });

  test('createEventsBatch rejects with the issues when nothing was stored', async () => {
    const issues = [{ field: 'events[0].event_type', message: 'required' }];
    await using server = await startScriptedServer(
      reply(400, { message: 'none', errorCode: 'invalid_request', issues }),
    );
    await using client = connect(server.url);

    const error = await failureOf(client.createEventsBatch([eventInput]));

    expect(error).toBeInstanceOf(errors.HoneyHiveValidationError);
    expect(error).toMatchObject({ issues, code: 'invalid_request' });
  });

  test('createEventsBatch of nothing sends nothing', async () => {
    await using client = connect(nowhere);

    expect(await client.createEventsBatch([])).toMatchObject({ created_count: 0, failed_count: 0 });
  });
});
