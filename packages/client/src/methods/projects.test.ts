import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import { connect, failureOf } from '../testing/connect.ts';
import { reply, reset, startScriptedServer } from '../testing/scripted-server.ts';

describe('projects', () => {
  const projects = ['a', 'b', 'c'].map((name) => ({ name, description: '' }));

  test('createProject sends what it is given', async () => {
    await using server = await startScriptedServer(reply(200, { name: 'bot' }));
    await using client = connect(server.url);

    await client.createProject({ name: 'bot', description: 'Chatbot', team: 'care' });

    expect(server.arrived[0]).toMatchObject({
      method: 'POST',
      url: '/projects',
      json: { name: 'bot', description: 'Chatbot', team: 'care' },
    });
  });

  test.each([
    ['a broken connection', reset, {}, 1],
    ['a 500', reply(500, {}), {}, 1],
    ['a 503', reply(503, {}), {}, 2],
    ['a broken connection, with an idempotency key,', reset, { idempotencyKey: 'once' }, 2],
  ])('createProject after %s', async (_, step, options, tries) => {
    await using server = await startScriptedServer(step, reply(200, { name: 'bot' }));
    await using client = connect(server.url);

    await failureOf(client.createProject({ name: 'bot' }, options));

    expect(server.arrived).toHaveLength(tries);
  });

  test('getProject finds it by name', async () => {
    await using server = await startScriptedServer(reply(200, projects));
    await using client = connect(server.url);

    expect(await client.getProject('b')).toEqual(projects[1]);
    expect(server.arrived[0]?.url).toBe('/projects?name=b');
  });

  test('getProject rejects when no project has the name', async () => {
    await using server = await startScriptedServer(reply(200, []));
    await using client = connect(server.url);

    const error = await failureOf(client.getProject('d'));

    expect(error).toBeInstanceOf(errors.HoneyHiveNotFoundError);
    expect(error).toMatchObject({ statusCode: 404, code: 'not_found', response: { status: 200 } });
  });

  test('listProjects reads pages, and the bare list of the vendor', async () => {
    const page = { projects: projects.slice(0, 2), total: 3, limit: 2, offset: 0, has_more: true };
    await using server = await startScriptedServer(
      reply(200, page),
      reply(200, { ...page, projects: projects.slice(2), offset: 2, has_more: false }),
      reply(200, projects),
    );
    await using client = connect(server.url);

    const names: string[] = [];
    for await (const { name } of client.listProjects({ limit: 2 })) names.push(name);
    const vendor = await client.listProjects({ limit: 2, offset: 1 });

    expect(names).toEqual(['a', 'b', 'c']);
    expect(server.arrived.map(({ url }) => url)).toEqual([
      '/projects?limit=2&offset=0',
      '/projects?limit=2&offset=2',
      '/projects?limit=2&offset=1',
    ]);
    expect(vendor).toEqual({
      projects: projects.slice(1),
      total: 3,
      limit: 2,
      offset: 1,
      has_more: false,
    });
  });
});
