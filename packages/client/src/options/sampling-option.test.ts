import { describe, expect, test } from 'vitest';
import { isSampled } from 'honeyhive-facts';
import { connect, eventInput, nowhere } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';

const ids = Array.from({ length: 40 }, (_, place) => `session-${place}`);
const kept = ids.filter((id) => isSampled(id, 0.5));
const batchReply = {
  event_ids: [],
  success: true,
  created_count: kept.length - 1,
  failed_count: 1,
  events: [{ event_id: 'e', warnings: [{ index: 0, field: 'a', message: 'b' }] }],
  errors: [{ index: 1, code: 'invalid_request', message: 'bad' }],
  warnings: [{ index: 0, field: 'a', message: 'b' }],
};

describe('sampling', () => {
  test('sends whole sessions, and says of the others that they were not sent', async () => {
    await using server = await startScriptedServer(
      reply(200, { session_id: 's', event_id: 'e', success: true }),
    );
    await using client = connect(server.url, { sampling: 0.5 });

    const foregone: string[] = [];
    for (const id of ids) {
      const session = await client.createSession({ session_id: id });
      const event = await client.createEvent({ ...eventInput, session_id: id });
      expect(event.sampled).toBe(session.sampled);
      if (session.sampled === false) {
        foregone.push(id);
        expect(session).toMatchObject({ session_id: id, event_type: 'session', event_count: 0 });
        const updates = [{ event_id: event.event_id }, { event_id: id }];
        for (const update of updates) {
          expect(await client.updateEvent(update)).toMatchObject({ sampled: false });
        }
      }
    }

    expect(foregone).toEqual(ids.filter((id) => !kept.includes(id)));
    expect(server.arrived).toHaveLength(2 * kept.length);
    expect(client.stats().unsampled).toBe(2 * foregone.length);
  });

  test('of a batch sends the events that are kept, and answers in the places of all', async () => {
    await using server = await startScriptedServer(reply(200, batchReply));
    await using client = connect(server.url, { sampling: 0.5 });

    const result = await client.createEventsBatch(
      ids.map((id) => ({ ...eventInput, session_id: id })),
    );

    expect(server.arrived[0]?.json).toMatchObject({
      events: kept.map((id) => ({ session_id: id })),
    });
    const [first, second] = kept.map((id) => ids.indexOf(id));
    expect(result.errors[0]?.index).toBe(second);
    expect(result.warnings?.[0]?.index).toBe(first);
    expect(result.events[0]?.warnings?.[0]?.index).toBe(first);
    expect(result.unsampled_count).toBe(ids.length - kept.length);
    expect(result.created_count + result.failed_count + (result.unsampled_count ?? 0)).toBe(40);
  });

  test('of 0 sends nothing at all', async () => {
    await using client = connect(nowhere, { sampling: 0 });

    expect(await client.createEventsBatch([eventInput])).toMatchObject({
      created_count: 0,
      failed_count: 0,
      unsampled_count: 1,
    });
    expect(await client.createEvent(eventInput)).toMatchObject({
      session_id: 's',
      sampled: false,
    });
  });
});
