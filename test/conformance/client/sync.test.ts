import {
  EventType,
  HoneyHiveAuthenticationError,
  HoneyHiveNotFoundError,
  HoneyHiveSync,
  HoneyHiveValidationError,
} from 'honeyhive/sync';
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { openProject } from '../own-project.ts';

const { url: baseUrl, key: organisationKey } = inject('service');
const project = await openProject();
const client = new HoneyHiveSync({ apiKey: project.key, baseUrl, source: 'test' });
const organisation = new HoneyHiveSync({ apiKey: organisationKey, baseUrl });

afterAll(() => {
  client.close();
  organisation.close();
});

describe('the blocking client', () => {
  test('starts a session and reads it back', () => {
    const started = client.createSession({ session_name: 'refund', user_id: 'user_123' });

    const read = client.getSession(started.session_id);

    expect(read).toMatchObject({
      session_id: started.session_id,
      session_name: 'refund',
      project: project.name,
      source: 'test',
      event_count: 0,
      user_properties: { user_id: 'user_123' },
    });
  });

  test('stores an event, reads it back and changes it', () => {
    const { session_id } = client.createSession();
    const { event_id } = client.createEvent({
      session_id,
      event_type: EventType.model,
      event_name: 'openai_completion',
      inputs: { messages: [{ role: 'user', content: 'Hello! 🐝' }] },
      start_time: '2025-06-15T15:06:40Z',
      step: 3,
    });

    const updated = client.updateEvent({ event_id, feedback: { rating: 5 } });

    expect(updated).toEqual({ event_id, success: true });
    expect(client.getEvent(event_id)).toMatchObject({
      event_name: 'openai_completion',
      inputs: { messages: [{ role: 'user', content: 'Hello! 🐝' }] },
      metadata: { step: 3 },
      feedback: { rating: 5 },
      start_time: 1_750_000_000_000,
    });
  });

  test('stores a batch, and distinguishes what could not be stored', () => {
    const good = { session_id: randomUUID(), event_type: 'tool', event_name: 'x' };

    const result = client.createEventsBatch([good, { ...good, duration: -1 }, good]);

    expect(result).toMatchObject({ created_count: 2, failed_count: 1, errors: [{ index: 1 }] });
  });

  test('lists events: a page as it is, all of them when it is iterated', () => {
    const session_id = randomUUID();
    const step = { session_id, event_type: 'tool' } as const;
    client.createEventsBatch(
      Array.from({ length: 25 }, (_, index) => ({ ...step, event_name: `e${index}` })),
    );

    const page = client.listEvents({ ...step, limit: 10 });

    expect(page).toMatchObject({ total: 25, limit: 10, offset: 0, has_more: true });
    expect(page.events).toHaveLength(10);
    const names = [...client.listEvents({ ...step, limit: 7 })].map((event) => event.event_name);
    expect(new Set(names)).toEqual(new Set(Array.from({ length: 25 }, (_, index) => `e${index}`)));
    expect(names).toHaveLength(25);
    expect([...page].map(({ event_id }) => event_id)).toHaveLength(25);
  });

  test('lists sessions by a time and any field', () => {
    const mark = randomUUID();
    const start = Date.UTC(2025, 5, 1);
    for (const hour of [0, 1, 2, 3]) {
      const start_time = start + hour * 3_600_000;
      client.createSession({ session_name: `h${hour}`, mark, start_time });
    }

    const created_after = new Date(start + 3_600_000);
    const names = Array.from(
      client.listSessions({ mark, created_after, limit: 2 }),
      ({ session_name: name }) => name,
    );

    expect(names).toEqual(['h3', 'h2', 'h1']);
  });

  test('creates a project, finds it and lists it', () => {
    const name = `support ${randomUUID()}`;

    const created = organisation.createProject({ name, description: 'Chatbot' });

    expect(organisation.getProject(name)).toMatchObject({ id: created.id });
    const names = Array.from(organisation.listProjects({ limit: 2 }), (each) => each.name);
    expect(names).toContain(name);
    expect(organisation.listProjects({ limit: 1 }).projects).toHaveLength(1);
  });

  test('changes settings and reads them', () => {
    const configuration = { retention_days: 30, alert_thresholds: { error_rate: 0.05 } };

    const updated = client.updateConfiguration({ configuration });

    expect(updated).toMatchObject(configuration);
    expect(client.getConfiguration()).toEqual(updated);
    expect(client.getConfiguration(project.name)).toEqual(updated);
  });

  test('asks how the service is, and anything else', () => {
    expect(client.getHealth()).toMatchObject({ status: 'ok', reachable: true });
    expect(client.getHealthAsync()).toMatchObject({ status: 'ok', server_url: baseUrl });
    expect(client.request('GET', '/v1/events/schema', { params: { limit: 1 } }).status).toBe(200);
  });

  test('throws what the service refuses', () => {
    const wrong = new HoneyHiveSync({ apiKey: 'hh_wrong', baseUrl });

    expect(() => wrong.listEvents()).toThrow(HoneyHiveAuthenticationError);
    expect(() => client.getEvent(randomUUID())).toThrow(HoneyHiveNotFoundError);
    expect(() => client.createSession({ start_time: 'noon' })).toThrow(HoneyHiveValidationError);
    expect(() => client.createProject({ name: 'x' })).toThrow(HoneyHiveAuthenticationError);
    wrong.close();
  });

  test('shares what it stored with the other view', async () => {
    const { session_id } = client.createSession({ session_name: 'shared' });

    const read = await client.async.getSession(session_id);
    await client.async.createEvent({ session_id, event_type: 'tool', event_name: 'search' });

    expect(read.session_name).toBe('shared');
    expect(client.getSession(session_id).event_count).toBe(1);
  });
});
