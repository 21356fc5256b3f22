import { buildEvent, createOperationCaller, startService } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildExport, buildSpan } from './otlp/spans.ts';

async function start(env: Readonly<Record<string, string>>): Promise<OperationCaller> {
  const service = await startService({ env });
  onTestFinished(async () => void (await service.stop()));
  return createOperationCaller(service);
}

const namesIn = async (api: OperationCaller) => {
  const list = await api.ok('listProjects');
  return Array.isArray(list) ? list.map(({ name }) => name) : [];
};

describe('with as many projects as HH_MAX_PROJECTS allows', () => {
  test('no other one is made, and what goes to those that are there is stored', async () => {
    const api = await start({ HH_MAX_PROJECTS: '2' });
    await api.ok('createProject', { body: { name: 'shop' } });
    const good = buildEvent({ project: 'shop' });
    const bad = buildEvent({ project: 'one more' });

    const refusals = [
      await api.refused('createProject', 409, { body: { name: 'one more' } }),
      await api.refused('createWorkspaceProject', 409, {
        params: { workspace_id: 'default' },
        body: { name: 'one more' },
      }),
      await api.refused('createEvent', 409, { body: { event: bad } }),
      await api.refused('startSession', 409, { body: { session: { project: 'one more' } } }),
      await api.refused('createEventBatch', 409, { body: { events: [bad, bad] } }),
    ];
    const batch = await api.ok('createEventBatch', { body: { events: [bad, good, buildEvent()] } });
    const spans = [buildSpan({ 'honeyhive.project': 'one more' }), buildSpan()];
    const { partialSuccess } = await api.ok('exportTraces', { body: buildExport(spans) });

    for (const { errorCode, message } of refusals) {
      expect(errorCode).toBe('conflict');
      expect(message).toContain('there are 2 projects, as many as HH_MAX_PROJECTS allows');
    }
    expect(batch).toMatchObject({ created_count: 2, errors: [{ index: 0, code: 'conflict' }] });
    expect(partialSuccess).toMatchObject({ rejectedSpans: '1' });
    expect(await namesIn(api)).toEqual(['default', 'shop']);
    await api.refused('createProject', 409, { body: { name: 'shop' } });

    await api.ok('deleteProject', { query: { name: 'shop' } });
    await api.ok('createEvent', { body: { event: bad } });

    expect(await namesIn(api)).toEqual(['default', 'one more']);
  });

  test('many at once make no more than that', async () => {
    const api = await start({ HH_MAX_PROJECTS: '5' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        api.send('createEvent', { body: { event: buildEvent({ project: `project ${index}` }) } }),
      ),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(16);
    expect(await namesIn(api)).toHaveLength(5);
  });
});

test('with HH_CREATE_PROJECTS=never, sending makes no project', async () => {
  const api = await start({ HH_CREATE_PROJECTS: 'never' });
  const event = buildEvent({ project: 'shop' });

  const refusal = await api.refused('createEvent', 400, { body: { event } });
  const batch = await api.ok('createEventBatch', { body: { events: [event, buildEvent()] } });
  const before = await namesIn(api);
  await api.ok('createProject', { body: { name: 'shop' } });
  await api.ok('createEvent', { body: { event } });

  expect(refusal.issues).toEqual([
    { field: 'project', message: expect.stringContaining('HH_CREATE_PROJECTS=never') as string },
  ]);
  expect(batch).toMatchObject({ created_count: 1, errors: [{ index: 0 }] });
  expect(before).toEqual(['default']);
});

test('more than a thousand projects are all found', async () => {
  const api = await start({});
  const names = Array.from({ length: 1_100 }, (_, index) => `Team 100% ${index}`);
  await api.ok('createEventBatch', {
    body: { events: names.map((project) => buildEvent({ project })) },
  });

  const list = await api.send('listProjects');
  const next = /^<(\?[^>]+)>; rel="next"$/.exec(String(list.headers['link']))?.[1] ?? '';
  const query = Object.fromEntries(new URLSearchParams(next));
  const rest = await api.send('listProjects', { query });
  const found = await api.ok('listProjects', { query: { search: 'TEAM 100% 109', limit: '5' } });
  const literal = await api.ok('listProjects', { query: { search: '1_0', limit: '5' } });

  expect(list.headers['x-total-count']).toBe('1101');
  expect(list.body).toHaveLength(1_000);
  expect(query).toEqual({ limit: '1000', offset: '1000' });
  expect(rest.headers).toMatchObject({ 'x-total-count': '1101' });
  expect(rest.headers).not.toHaveProperty('link');
  expect(rest.body).toMatchObject({ total: 1_101, has_more: false });
  // 109, and 1090 to 1099.
  expect(found).toMatchObject({ total: 11, has_more: true });
  expect(literal).toMatchObject({ total: 0 });
});
