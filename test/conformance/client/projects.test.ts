import {
  HoneyHive,
  HoneyHiveAuthenticationError,
  HoneyHiveNotFoundError,
  HoneyHiveValidationError,
} from 'honeyhive';
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { openClients } from './own-clients.ts';

const { project, clients } = await openClients();
const [[, organisation], [, bound]] = clients;

afterAll(() => Promise.all([organisation.close(), bound.close()]));

describe('projects', () => {
  test('are created, found by name and listed', async () => {
    const name = `support ${randomUUID()}`;

    const created = await organisation.createProject({
      name,
      description: 'Chatbot',
      team: 'care',
    });

    expect(created).toMatchObject({ name, description: 'Chatbot', team: 'care' });
    expect(await organisation.getProject(name)).toMatchObject({ id: created.id, event_count: 0 });
    const names: string[] = [];
    for await (const each of organisation.listProjects({ limit: 2 })) names.push(each.name);
    expect(names).toContain(name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('are one for a key that is bound to it', async () => {
    const page = await bound.listProjects();

    expect(page).toMatchObject({ total: 1, limit: 100, offset: 0, has_more: false });
    expect(page.projects).toMatchObject([{ name: project.name }]);
    const creation = bound.createProject({ name: randomUUID() });
    await expect(creation).rejects.toBeInstanceOf(HoneyHiveAuthenticationError);
    await expect(creation).rejects.toMatchObject({ statusCode: 403, code: 'forbidden' });
  });

  test('have each name once', async () => {
    const again = organisation.createProject({ name: project.name });

    await expect(again).rejects.toMatchObject({ statusCode: 409, code: 'conflict' });
    await expect(organisation.getProject(randomUUID())).rejects.toBeInstanceOf(
      HoneyHiveNotFoundError,
    );
  });
});

describe.each(clients)('the configuration, with %s', (_which, client) => {
  test('is that of the own project, and is merged', async () => {
    const configuration = {
      retention_days: 30,
      alert_thresholds: { error_rate: 0.05 },
      owner: 'me',
    };
    await client.updateConfiguration({ configuration });
    await client.updateConfiguration({
      configuration: { alert_thresholds: { latency_p95: 5000 } },
    });

    expect(await client.getConfiguration()).toMatchObject({
      project: project.name,
      sampling_rate: 1,
      retention_days: 30,
      alert_thresholds: { error_rate: 0.05, latency_p95: 5000 },
      owner: 'me',
    });
  });

  test('is checked', async () => {
    const update = client.updateConfiguration({ configuration: { sampling_rate: 2 } });

    await expect(update).rejects.toBeInstanceOf(HoneyHiveValidationError);
    await expect(update).rejects.toMatchObject({ issues: [{ field: 'sampling_rate' }] });
  });
});

describe('the service', () => {
  test('is asked how it is, without a key', async () => {
    await using client = new HoneyHive({ baseUrl: bound.baseUrl });

    expect(await client.getHealth()).toMatchObject({ status: 'ok', reachable: true });
    expect(await client.getHealthAsync()).toMatchObject({ server_url: bound.baseUrl });
  });

  test('refuses a wrong key', async () => {
    await using client = new HoneyHive({ baseUrl: bound.baseUrl, apiKey: 'hh_wrong' });

    const call = client.listEvents();

    await expect(call).rejects.toBeInstanceOf(HoneyHiveAuthenticationError);
    await expect(call).rejects.toMatchObject({ statusCode: 401, code: 'unauthenticated' });
  });

  test('answers any request', async () => {
    const answer = await bound.request('POST', '/v1/events/search', { json: { limit: 1 } });

    expect(answer).toMatchObject({ status: 200, data: { count: expect.any(Number) as number } });
  });
});
