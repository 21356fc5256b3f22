import { gzipSync } from 'node:zlib';
import * as wire from 'honeyhive-wire';
import { describe, expect, test } from 'vitest';
import { HoneyHiveNotFoundError, HoneyHiveValidationError, HoneyHive } from '../index.ts';
import { eventInput, failureOf, nowhere, uuidV7 } from '../testing/connect.ts';
import { createOfflineTransport } from '../transport/offline.ts';

/** Connects to nobody: each request of these tests would fail if it were sent. */
const open = () => new HoneyHive({ testMode: true, baseUrl: nowhere, maxRetries: 0 });

/** Each answer as it goes over the wire, had there been one. */
const answers: [operation: string, method: string, path: string, json?: unknown][] = [
  ['getHealth', 'GET', '/api/v1/health'],
  ['startSession', 'POST', '/session/start', { session: { session_name: 'a' } }],
  ['getSession', 'GET', '/session/s'],
  ['createEvent', 'POST', '/events', { event: eventInput }],
  ['updateEvent', 'PUT', '/events', { event_id: 'e' }],
  ['getEvent', 'GET', '/v1/events/e'],
  ['exportEvents', 'POST', '/v1/events/export', {}],
  ['createEventBatch', 'POST', '/events/batch', { events: [eventInput, { event_type: 'odd' }, 5] }],
  ['listProjects', 'GET', '/projects?name=a'],
  ['createProject', 'POST', '/projects', { name: 'a', team: 'b' }],
  ['getProjectSettings', 'GET', '/v1/projects/a/settings'],
  ['updateProjectSettings', 'PUT', '/v1/projects/a/settings', { retention_days: 5 }],
];

describe('test mode', () => {
  test.each(answers)('answers %s as the contract has it', async (operation, method, path, json) => {
    await using client = open();

    const { status, data } = await client.request(method, path, { json });

    expect(status).toBe(200);
    const row = wire.operationList.find(({ id }) => id === operation);
    expect(row && wire.findIssues(row.response, data)).toEqual([]);
  });

  test('runs an application that stores what it did, without key and network', async () => {
    await using client = open();

    const session = await client.createSession({ session_name: 'chat', user_id: 'u' });
    const id = session.session_id;
    const event = await client.createEvent({ ...eventInput, session_id: id, inputs: { a: 1 } });
    const batch = await client.createEventsBatch([
      eventInput,
      { ...eventInput, event_type: 'odd' },
    ]);

    expect(session).toMatchObject({ session_name: 'chat', metadata: { user_id: 'u' } });
    expect(event).toMatchObject({ session_id: id, success: true, inputs: { a: 1 } });
    expect(event.event_id).toMatch(uuidV7);
    expect(batch).toMatchObject({ created_count: 2, warnings: [{ index: 1 }] });
    expect(await client.updateEvent({ event_id: event.event_id, metrics: { a: 1 } })).toEqual({
      event_id: event.event_id,
      success: true,
    });
    expect(await client.getSession(id)).toMatchObject({ session_id: id, event_count: 0 });
    expect(await client.getEvent('mine/1')).toMatchObject({ event_id: 'mine/1' });
    expect(await client.listEvents()).toMatchObject({ events: [], total: 0 });
    expect(await client.listSessions()).toMatchObject({ sessions: [], has_more: false });
    expect(await client.createProject({ name: 'p', team: 'x' })).toMatchObject({
      name: 'p',
      metadata: { team: 'x' },
    });
    expect(await client.getProject('p')).toMatchObject({ name: 'p' });
    expect(await client.listProjects()).toMatchObject({ projects: [] });
    expect(await client.getConfiguration('p')).toMatchObject({ project: 'p', sampling_rate: 1 });
    expect(
      await client.updateConfiguration({ project: 'p', configuration: { retention_days: 9 } }),
    ).toMatchObject({ retention_days: 9 });
    expect(await client.getHealth()).toMatchObject({ reachable: true });
  });

  test.each([
    ['createEvent', (client: HoneyHive) => client.createEvent({ ...eventInput, session_id: '' })],
    ['createEvent', (client: HoneyHive) => client.createEvent({ ...eventInput, duration: -1 })],
    ['createSession', (client: HoneyHive) => client.createSession({ source: 'x'.repeat(300) })],
    ['updateEvent', (client: HoneyHive) => client.updateEvent({ event_id: 'e', duration: -1 })],
    ['createEventsBatch', (client: HoneyHive) => client.createEventsBatch([{} as never])],
    ['createProject', (client: HoneyHive) => client.createProject({ name: '' })],
    [
      'updateConfiguration',
      (client: HoneyHive) => client.updateConfiguration({ configuration: { sampling_rate: 2 } }),
    ],
    [
      'request',
      (client: HoneyHive) =>
        client.request('POST', '/events', { json: { event: { event_type: 'none' } } }),
    ],
  ])('refuses in %s what the service would refuse', async (_name, call) => {
    await using client = open();

    const failure = await failureOf(call(client));

    expect(failure).toBeInstanceOf(HoneyHiveValidationError);
    expect(failure).toMatchObject({ issues: [{ field: expect.any(String) }] });
  });

  test('keeps the good events of a batch, and names the others', async () => {
    await using client = open();

    const result = await client.createEventsBatch([
      eventInput,
      { ...eventInput, duration: -1 },
      { ...eventInput, event_id: 'mine' },
    ]);

    expect(result).toMatchObject({
      created_count: 2,
      failed_count: 1,
      errors: [{ index: 1, message: 'duration must be at least 0; got -1' }],
    });
    expect(result.event_ids[1]).toBe('mine');
  });

  test('answers 404 to what it does not know', async () => {
    await using client = open();

    const failure = await failureOf(client.request('GET', '/v1/charts'));

    expect(failure).toBeInstanceOf(HoneyHiveNotFoundError);
    expect(String(failure)).toContain('test mode has no GET /v1/charts');
  });

  test('still has call options, and is closed when it is closed', async () => {
    const client = open();

    const aborted = client.createEvent(eventInput, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    await client.close();
    await expect(client.createEvent(eventInput)).rejects.toMatchObject({ code: 'closed' });
  });

  test('does not wait for the rate limit', async () => {
    await using client = new HoneyHive({ testMode: true, rateLimitCalls: 1 });

    await client.createEvent(eventInput);
    await expect(client.createEvent(eventInput)).resolves.toMatchObject({ success: true });
  });

  test('reads a compressed body', async () => {
    const { send } = createOfflineTransport({ project: null, now: Date.now, newId: () => 'new' });
    const request = {
      operation: 'flush',
      method: 'POST',
      path: '/events/batch',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ events: [eventInput] })),
      replay: 'safe',
      needsKey: true,
      startedAtMs: 0,
      timeoutMs: 1000,
    } as const;

    const { status, body } = await send(request, new AbortController().signal);

    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ created_count: 1, event_ids: ['new'] });
  });

  test.each([
    ['true', true],
    ['1', true],
    ['False', false],
    ['0', false],
  ])('is read from HH_TEST_MODE=%s as %s', async (text, expected) => {
    process.env['HH_TEST_MODE'] = text;
    try {
      await using client = new HoneyHive({ baseUrl: nowhere, apiKey: 'hh_key', maxRetries: 0 });
      const outcome = await client.createSession().then(
        () => true,
        () => false,
      );
      expect(outcome).toBe(expected);
    } finally {
      delete process.env['HH_TEST_MODE'];
    }
  });
});
