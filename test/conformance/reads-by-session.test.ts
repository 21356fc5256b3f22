import { buildEvent } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { HoneyHive } from 'honeyhive';
import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';

const shop = await openProject();
const other = await openProject();
const { organisation } = shop;

type Read = (
  api: OperationCaller,
  session_id: string,
  project?: string,
) => Promise<{ readonly totalEvents: number }>;

const filtersOf = (session_id: string) => [
  { field: 'session_id', operator: 'is', value: session_id, type: 'id' },
];
const withProject = (project?: string) => (project === undefined ? {} : { project });
const inJson = (session_id: string) => ({ filters: JSON.stringify(filtersOf(session_id)) });

/** Every list that can ask for the events of a session. */
const reads: Readonly<Record<string, Read>> = {
  listEvents: (api, session_id, project) =>
    api.ok('listEvents', { query: { session_id, ...withProject(project) } }),
  'listEvents with filters': (api, session_id, project) =>
    api.ok('listEvents', { query: { ...inJson(session_id), ...withProject(project) } }),
  exportEvents: (api, session_id, project) =>
    api.ok('exportEvents', { body: { filters: filtersOf(session_id), ...withProject(project) } }),
  searchEvents: (api, session_id, project) =>
    project === undefined
      ? api.ok('searchEvents', { body: { filters: filtersOf(session_id) } })
      : api.ok('exportEvents', { body: { filters: filtersOf(session_id), project } }),
  getEventsChart: (api, session_id, project) =>
    api.ok('getEventsChart', { query: { ...inJson(session_id), ...withProject(project) } }),
};

/** Stores events of a session, the last of a key's project or of the one named. */
async function store(api: OperationCaller, session_id: string, project?: string, count = 2) {
  const events = Array.from({ length: count }, () => buildEvent({ session_id }));
  await api.ok('createEventBatch', { body: { events, ...withProject(project) } });
}

describe.each(Object.entries(reads))('%s', (_name, read) => {
  test('finds the project of a session that the organisation wrote', async () => {
    const session_id = randomUUID();
    await store(organisation, session_id, shop.name);

    expect((await read(organisation, session_id)).totalEvents).toBe(3);
  });

  test('reads what the organisation wrote, whatever keys of a project put under the id', async () => {
    const session_id = randomUUID();
    await store(organisation, session_id, shop.name);
    await store(other.api, session_id, undefined, 5);

    expect((await read(organisation, session_id)).totalEvents).toBe(3);
    expect((await read(other.api, session_id)).totalEvents).toBe(6);
  });

  test('stays in the project that the request names, and in that of the key', async () => {
    const session_id = randomUUID();
    await store(organisation, session_id, shop.name);

    expect((await read(organisation, session_id, other.name)).totalEvents).toBe(0);
    expect((await read(other.api, session_id)).totalEvents).toBe(0);
  });

  test('finds nothing for an id that nobody has', async () => {
    expect((await read(organisation, randomUUID())).totalEvents).toBe(0);
  });

  test('asks for the project when several have the session', async () => {
    const session_id = randomUUID();
    await store(organisation, session_id, shop.name);
    await store(organisation, session_id, other.name);

    const failure = await read(organisation, session_id).catch(String);

    expect(failure).toContain('409');
    expect(failure).toContain(shop.name);
    expect(failure).toContain(other.name);
    expect((await read(organisation, session_id, shop.name)).totalEvents).toBe(3);
  });
});

test('the client finds the events of a session in whatever project it is', async () => {
  const session_id = randomUUID();
  const { url, key: apiKey } = inject('service');
  await store(organisation, session_id, shop.name);
  await using client = new HoneyHive({ apiKey, baseUrl: url });

  expect((await client.listEvents({ session_id })).total).toBe(3);
  expect((await client.getSession(session_id)).project).toBe(shop.name);
});
