import { HoneyHive } from 'honeyhive';
import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, test } from 'vitest';

const { url: baseUrl, key: apiKey } = inject('service');
const project = randomUUID();
const client = new HoneyHive({ apiKey, baseUrl, project, source: 'client-api' });
afterAll(() => client.close());

/** A session with two events in it. */
async function openSession() {
  const { session_id } = await client.createSession({ session_name: randomUUID() });
  const step = { session_id, event_type: 'tool', event_name: 'search' } as const;
  const [first, second] = await Promise.all([client.createEvent(step), client.createEvent(step)]);
  return { session_id, ids: [first.event_id, second.event_id].toSorted() };
}

test('createSession: keeps project, source, name, and everything else as metadata', async () => {
  const session = await client.createSession({ session_name: 'flow', priority: 'high' });

  expect(await client.getSession(session.session_id)).toMatchObject({
    project,
    source: 'client-api',
    session_name: 'flow',
    metadata: { priority: 'high' },
  });
});

test('getSession: answers with project, time and count of events', async () => {
  const { session_id } = await openSession();

  const session = await client.getSession(session_id);

  expect(session).toMatchObject({ session_id, project, event_count: 2 });
  expect(Date.parse(session.created_at)).not.toBeNaN();
});

test('listSessions: narrows by source and time, and tells the position', async () => {
  const { session_id } = await openSession();

  const created_after = '2024-01-01T00:00:00Z';
  const page = await client.listSessions({
    project,
    source: 'client-api',
    created_after,
    limit: 20,
  });

  expect(page.sessions.map((session) => session.session_id)).toContain(session_id);
  expect(page).toMatchObject({ limit: 20, offset: 0, has_more: false });
  expect((await client.listSessions({ source: 'other' })).total).toBe(0);
});

test('createEvent: keeps inputs, outputs and metadata', async () => {
  const { session_id } = await openSession();
  const sent = { inputs: { prompt: 'Hi' }, outputs: { text: 'Ho' }, metadata: { ms: 1500 } };

  const event = await client.createEvent({
    session_id,
    event_type: 'model',
    event_name: 'completion',
    ...sent,
  });

  expect(await client.getEvent(event.event_id)).toMatchObject(sent);
});

test('getEvent: answers with kind, name and metadata', async () => {
  const { session_id, ids } = await openSession();

  expect(await client.getEvent(ids[0] ?? '')).toMatchObject({
    session_id,
    event_type: 'tool',
    event_name: 'search',
    metadata: {},
  });
});

test('listEvents: narrows by session and kind', async () => {
  const { session_id, ids } = await openSession();

  const { events } = await client.listEvents({ session_id, event_type: 'tool', limit: 50 });

  expect(events.map((event) => event.event_id).toSorted()).toEqual(ids);
});

test('createEventsBatch: stores all events with one request and counts them', async () => {
  const { session_id } = await client.createSession();
  const batch = Array.from({ length: 100 }, (_, index) => ({
    session_id,
    event_type: 'chain',
    event_name: `process_item_${index}`,
  }));

  expect(await client.createEventsBatch(batch)).toMatchObject({
    created_count: 100,
    failed_count: 0,
  });
});

test('createProject: keeps the description, and everything else as metadata', async () => {
  const name = randomUUID();

  const created = await client.createProject({ name, description: 'Chatbot', team: 'care' });

  expect(created).toMatchObject({ name, description: 'Chatbot', metadata: { team: 'care' } });
});

test('getProject: answers with name, time and count of events', async () => {
  await openSession();

  const found = await client.getProject(project);

  expect(found.name).toBe(project);
  expect(found.event_count).toBeGreaterThanOrEqual(2);
  expect(Date.parse(found.created_at)).not.toBeNaN();
});

test('listProjects: gives a page, and all of them page by page', async () => {
  await Promise.all([1, 2, 3].map(() => client.createProject({ name: randomUUID() })));

  const page = await client.listProjects({ limit: 2, offset: 1 });
  const names: string[] = [];
  for await (const { name } of client.listProjects({ limit: 2 })) names.push(name);

  expect(page).toMatchObject({ limit: 2, offset: 1, has_more: true });
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(page.total);
});

test('getConfiguration: answers with sampling rate and retention', async () => {
  const { name } = await client.createProject({ name: randomUUID() });

  expect(await client.getConfiguration(name)).toMatchObject({
    project: name,
    sampling_rate: 1,
    retention_days: null,
  });
});

test('updateConfiguration: changes what is named, of the client’s own project when none is', async () => {
  await openSession();
  const configuration = {
    sampling_rate: 1,
    retention_days: 30,
    alert_thresholds: { error_rate: 0.05, latency_p95: 5000 },
  };

  expect(await client.updateConfiguration({ configuration })).toMatchObject({
    project,
    ...configuration,
    alert_states: { error_rate: { status: 'ACTIVE' }, latency_p95: { status: 'ACTIVE' } },
  });
});

test('getHealth: says how the service is, without a key', async () => {
  await using anonymous = new HoneyHive({ baseUrl });

  expect(await anonymous.getHealth()).toMatchObject({ status: 'ok', reachable: true });
});

test('getHealthAsync: says the same', async () => {
  expect(await client.getHealthAsync()).toMatchObject({ status: 'ok', reachable: true });
});

test('request: sends any request, with params and json, and answers with status, headers, data', async () => {
  const event = { event_type: 'tool', event_name: 'raw' };

  const sent = await client.request('POST', '/events', { json: { event } });
  const read = await client.request('GET', '/projects', { params: { name: 'nobody', limit: 1 } });

  expect(sent).toMatchObject({ status: 200, data: { success: true } });
  expect(sent.headers['content-type']).toContain('application/json');
  expect(read).toMatchObject({ status: 200, data: { projects: [] } });
});
