import { buildEvent } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, name, id } = await openProject();

describe.each(operations.listProjects.paths)('GET %s', (path) => {
  test('is a list', async () => {
    const list = await organisation.ok('listProjects', { path });

    expect(list).toEqual(
      expect.arrayContaining([expect.objectContaining({ id, name, description: '' })]),
    );
  });

  test('keeps only the named project with `name`', async () => {
    const found = await organisation.ok('listProjects', { path, query: { name } });
    const none = await organisation.ok('listProjects', {
      path,
      query: { name: `no ${randomUUID()}` },
    });

    expect(found).toMatchObject([{ id, name }]);
    expect(none).toEqual([]);
  });

  test.each([{ limit: 1 }, { offset: 0, limit: 1 }])(
    'is wrapped, with totals, with %j',
    async (query) => {
      const page = await organisation.ok('listProjects', { path, query });

      expect(page).toMatchObject({ limit: 1, offset: 0, has_more: true });
      if (Array.isArray(page)) throw new Error('expected the wrapped form');
      expect(page.projects).toHaveLength(1);
      expect(page.total).toBeGreaterThanOrEqual(2);
    },
  );

  test('continues where `offset` says, without gap or overlap', async () => {
    const ids: string[] = [];
    let offset = 0;
    for (let hasMore = true; hasMore;) {
      const page = await organisation.ok('listProjects', { path, query: { limit: 100, offset } });
      if (Array.isArray(page)) throw new Error('expected the wrapped form');
      ids.push(...page.projects.map((project) => project.id));
      offset += page.projects.length;
      hasMore = page.has_more;
    }

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(id);
  });

  test.each([
    ['limit', '0'],
    ['limit', 'many'],
    ['offset', '-1'],
  ])('refuses %s=%s', async (parameter, value) => {
    const refusal = await organisation.refused('listProjects', 400, {
      path,
      query: { [parameter]: value },
    });

    expect(refusal.issues).toMatchObject([{ field: parameter }]);
  });

  test('shows a key of a project that project alone', async () => {
    expect(await api.ok('listProjects', { path })).toMatchObject([{ id }]);
  });
});

test('counts sessions, and events without the roots', async () => {
  const session_id = randomUUID();
  await api.ok('createEventBatch', {
    body: { events: [buildEvent({ session_id }), buildEvent({ session_id }), buildEvent()] },
  });

  expect(await api.ok('listProjects')).toMatchObject([{ event_count: 3, session_count: 2 }]);
});
