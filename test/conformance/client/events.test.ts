import { EventType, HoneyHiveNotFoundError, HoneyHiveValidationError } from 'honeyhive';
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { openClients } from './own-clients.ts';

const { project, clients } = await openClients();

describe.each(clients)('the client with %s', (_which, client) => {
  afterAll(() => client.close());

  const tool = (session_id: string) =>
    ({ session_id, event_type: EventType.tool, event_name: 'search' }) as const;

  test('stores an event and reads it back', async () => {
    const { session_id } = await client.createSession();
    const created = await client.createEvent({
      session_id,
      event_type: EventType.model,
      event_name: 'openai_completion',
      inputs: { messages: [{ role: 'user', content: 'Hello! 🐝' }], temperature: 0.7 },
      outputs: { response: 'Hi', usage: { total_tokens: 22 } },
      metadata: { duration_ms: 1500, model_version: 'gpt-4-0613' },
      step: 3,
      user_id: 'u',
    });

    const event = await client.getEvent(created.event_id);

    expect(created).toMatchObject({ session_id, event_name: 'openai_completion' });
    expect(event).toMatchObject({
      event_id: created.event_id,
      session_id,
      parent_id: session_id,
      project: project.name,
      source: 'test',
      event_type: 'model',
      event_name: 'openai_completion',
      inputs: { messages: [{ role: 'user', content: 'Hello! 🐝' }], temperature: 0.7 },
      outputs: { response: 'Hi', usage: { total_tokens: 22 } },
      metadata: { duration_ms: 1500, model_version: 'gpt-4-0613', step: 3, user_id: 'u' },
      user_properties: { user_id: 'u' },
      start_time: created['start_time'],
    });
  });

  test('changes an event: buckets are merged, outputs replaced', async () => {
    const { event_id } = await client.createEvent({
      ...tool(randomUUID()),
      outputs: { a: 1, b: 2 },
      metadata: { x: 1 },
    });

    await client.updateEvent({
      event_id,
      outputs: { a: 3 },
      feedback: { rating: 5 },
      note: 'good',
    });

    expect(await client.getEvent(event_id)).toMatchObject({
      metadata: { x: 1, note: 'good' },
      feedback: { rating: 5 },
    });
    expect((await client.getEvent(event_id)).outputs).toEqual({ a: 3 });
  });

  test('changes an event that comes later', async () => {
    const event_id = randomUUID();

    const updated = await client.updateEvent({ event_id, metrics: { score: 1 } });
    await client.createEvent({ ...tool(randomUUID()), event_id });

    expect(updated).toEqual({ event_id, success: true, held: true });
    expect((await client.getEvent(event_id)).metrics).toEqual({ score: 1 });
  });

  test('stores a batch, and distinguishes what could not be stored', async () => {
    const { session_id } = await client.createSession();
    const good = Array.from({ length: 100 }, (_, index) => ({
      session_id,
      event_type: 'chain',
      event_name: `process_item_${index}`,
      inputs: { item_id: index },
    }));
    const odd = { session_id, event_type: 'batch_item', event_name: 'item' };
    const bad = { session_id, event_type: 'tool', event_name: 'x', duration: -1 };

    const result = await client.createEventsBatch([...good, odd, bad]);

    expect(result).toMatchObject({ created_count: 101, failed_count: 1 });
    expect(result.events).toHaveLength(101);
    expect(result.errors).toMatchObject([{ index: 101, code: 'invalid_request' }]);
    expect(result.warnings).toMatchObject([{ index: 100, field: 'event_type' }]);
    const stored = await client.getEvent(result.event_ids[100] ?? '');
    expect(stored).toMatchObject({
      event_type: 'chain',
      metadata: { event_type_raw: 'batch_item' },
    });
  });

  test('rejects a batch of which nothing could be stored', async () => {
    const batch = client.createEventsBatch([{ event_type: 'tool', event_name: 'x', duration: -1 }]);

    await expect(batch).rejects.toBeInstanceOf(HoneyHiveValidationError);
    await expect(batch).rejects.toMatchObject({ issues: [{ field: 'events[0].duration' }] });
  });

  test('lists the events of a session, whatever the offset, and each once', async () => {
    const { session_id } = await client.createSession({ start_time: 0 });
    const sent = Array.from({ length: 50 }, (_, index) => ({
      ...tool(session_id),
      event_name: `e${index}`,
      start_time: 1_750_000_000_000 + Math.floor(index / 20),
    }));
    await client.createEventsBatch(sent);

    const all = await client.listEvents({ session_id, event_type: 'tool', limit: 1000 });
    const names = all.events.map(({ event_name: name }) => name);
    const read: string[] = [];
    for await (const event of client.listEvents({ session_id, event_type: 'tool', limit: 7 })) {
      read.push(event.event_name);
    }
    const part = await client.listEvents({ session_id, event_type: 'tool', limit: 11, offset: 26 });

    expect(names).toHaveLength(50);
    expect(read.toSorted()).toEqual(names.toSorted());
    expect(part.events.map(({ event_name: name }) => name)).toEqual(names.slice(26, 37));
    expect(part).toMatchObject({ total: 50, limit: 11, offset: 26, has_more: true });
    expect((await client.listEvents({ session_id })).total).toBe(51);
  });

  test('narrows a list by any field', async () => {
    const mark = randomUUID();
    const session_id = randomUUID();
    await client.createEvent({ ...tool(session_id), mark, inputs: { city: 'Rome' }, duration: 5 });
    await client.createEvent({ ...tool(session_id), mark, inputs: { city: 'Oslo' }, error: 'no' });
    const count = async (conditions: object) =>
      (await client.listEvents({ mark, ...conditions })).total;

    expect(await count({})).toBe(2);
    expect(await count({ 'inputs.city': 'Rome' })).toBe(1);
    expect(await count({ duration: 5 })).toBe(1);
    expect(await count({ error: null })).toBe(1);
    expect(await count({ created_after: new Date(Date.now() + 60_000) })).toBe(0);
    const filters = [{ field: 'duration', operator: 'greater than', value: 4, type: 'number' }];
    expect(await count({ filters })).toBe(1);
  });

  test('reports an unknown event', async () => {
    await expect(client.getEvent(randomUUID())).rejects.toBeInstanceOf(HoneyHiveNotFoundError);
  });
});
