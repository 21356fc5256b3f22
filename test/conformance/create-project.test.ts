import { operations } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation } = await openProject();

describe.each(operations.createProject.paths)('POST %s', (path) => {
  test.each([
    ['bare', (project: object) => project],
    ['under `project`', (project: object) => ({ project })],
  ])('creates a project that is sent %s', async (_how, wrap) => {
    const name = `created ${randomUUID()}`;

    const created = await organisation.ok('createProject', {
      path,
      body: wrap({ name, description: 'for tests', type: 'evaluation' }),
    });

    expect(created).toMatchObject({
      name,
      description: 'for tests',
      type: 'evaluation',
      event_count: 0,
      session_count: 0,
    });
    expect(Date.parse(created.created_at)).toBeGreaterThan(Date.now() - 60_000);
    expect(await organisation.ok('getProject', { params: { project_id: created.id } })).toEqual(
      created,
    );
  });

  test('has an empty description when none is given', async () => {
    const created = await organisation.ok('createProject', {
      path,
      body: { name: `plain ${randomUUID()}` },
    });

    expect(created.description).toBe('');
  });

  test('keeps keys that it does not know in metadata and at the top', async () => {
    const body = { name: `team's ${randomUUID()}`, team: 'support', environment: { region: 'eu' } };

    const created = await organisation.ok('createProject', { path, body });

    expect(created).toMatchObject({
      team: 'support',
      environment: { region: 'eu' },
      metadata: { team: 'support', environment: { region: 'eu' } },
    });
  });

  test('refuses a name that is taken with 409', async () => {
    const body = { name: `once ${randomUUID()}` };
    await organisation.ok('createProject', { path, body });

    const refusal = await organisation.refused('createProject', 409, { path, body });

    expect(refusal).toMatchObject({ errorCode: 'conflict', issues: [{ field: 'name' }] });
  });

  test.each([
    ['name', {}],
    ['name', { name: '' }],
    ['name', { name: '  ' }],
    ['name', { name: 5 }],
    ['name', { name: 'x'.repeat(201) }],
    ['description', { name: 'x', description: {} }],
    ['type', { name: 'x', type: 1 }],
  ])('refuses a wrong %s in %j', async (field, body) => {
    const refusal = await organisation.refused('createProject', 400, { path, body });

    expect(refusal.issues?.[0]?.field).toContain(field);
  });
});

test('makes one project of many simultaneous requests for one name', async () => {
  const body = { name: `raced ${randomUUID()}` };

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => organisation.send('createProject', { body })),
  );

  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(7);
});

test('is not for a key that is bound to a project', async () => {
  const refusal = await api.refused('createProject', 403, {
    body: { name: `not made ${randomUUID()}` },
  });

  expect(refusal.errorCode).toBe('forbidden');
});

test('extra keys have a bound', async () => {
  const refusal = await organisation.refused('createProject', 400, {
    body: { name: randomUUID(), note: 'x'.repeat(64 * 1024) },
  });

  expect(refusal.message).toContain('projectMetadataBytes');
});
