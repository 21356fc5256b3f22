import { buildEvent, call } from 'honeyhive-testkit';
import type { Skeleton } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const t0 = Date.UTC(2026, 2, 1, 12);
const own = await openProject();
const { api, url, key } = own;

const read = (session_id: string, since?: string) =>
  api.ok('exploreSkeleton', {
    params: { session_id },
    query: since === undefined ? {} : { since },
  });

/** A session of a root, a chain with a model event in it, and a tool event whose parent is missing. */
async function startSession(): Promise<string> {
  const session_id = randomUUID();
  const at = (ms: number, more: object) => buildEvent({ session_id, start_time: t0 + ms, ...more });
  await api.ok('createEventBatch', {
    body: {
      events: [
        at(0, { event_id: session_id, event_type: 'session', event_name: 'chat' }),
        at(10, {
          event_id: `${session_id} chain`,
          event_type: 'chain',
          event_name: 'rag',
          duration: 90.5,
        }),
        at(20, {
          event_id: `${session_id} model`,
          parent_id: `${session_id} chain`,
          event_type: 'model',
          event_name: 'answer',
          duration: 60,
          config: { model: 'gpt-5' },
          metadata: { total_tokens: 7, cost: 0.5 },
          feedback: { rating: false },
        }),
        at(30, { event_id: `${session_id} tool`, parent_id: 'gone', error: 'boom' }),
      ],
    },
  });
  return session_id;
}

test('is all events as columns, ordered by start, with parents as indexes', async () => {
  const session_id = await startSession();

  const skeleton = await read(session_id);

  expect(skeleton).toMatchObject({
    session: {
      event_id: session_id,
      event_count: 3,
      error_count: 1,
      total_tokens: 7,
      duration_ms: 100.5,
    },
    since: null,
    complete: true,
    event_total: 4,
    origin: t0,
    names: ['chat', 'rag', 'answer', 'look up order'],
    types: ['session', 'chain', 'model', 'tool'],
    models: ['gpt-5'],
    ids: ['', ' chain', ' model', ' tool'].map((name) => `${session_id}${name}`),
    parent: [-1, 0, 1, -2],
    start: [0, 10, 20, 30],
    duration: [-1, 90.5, 60, -1],
    error: [0, 0, 0, 1],
    tokens: [-1, -1, 7, -1],
    cost: [-1, -1, 0.5, -1],
    feedback: [0, 0, 1, 0],
    outside: [],
    removed: [],
  });
});

test('with since, is what came, changed or went after it', async () => {
  const session_id = await startSession();
  const before = await read(session_id);
  const late = buildEvent({ session_id, parent_id: `${session_id} chain`, start_time: t0 + 50 });
  await api.ok('createEvent', { body: late });
  await api.ok('updateEvent', { body: { event_id: `${session_id} model`, metadata: { cost: 2 } } });
  await api.ok('deleteEvent', { params: { event_id: `${session_id} tool` } });

  const after = await read(session_id, before.version);
  const whole = await read(session_id);

  expect(after.since).toBe(before.version);
  expect(after.version).toBe(whole.version);
  expect(after.ids).toEqual(expect.arrayContaining([late.event_id, `${session_id} model`]));
  expect(after.removed).toEqual([`${session_id} tool`]);
  expect(after.cost[after.ids.indexOf(`${session_id} model`)]).toBe(2);
  expect(parentOf(after, late.event_id)).toBe(`${session_id} chain`);
  expect(parentOf(whole, late.event_id)).toBe(`${session_id} chain`);
  expect(whole.ids).not.toContain(`${session_id} tool`);
});

function parentOf({ ids, parent, outside }: Skeleton, id: string): string | undefined {
  const index = parent[ids.indexOf(id)] ?? -1;
  return index < ids.length ? ids[index] : outside[index - ids.length];
}

test('an etag saves sending what did not change', async () => {
  const session_id = await startSession();
  const path = `/v1/explore/sessions/${session_id}/skeleton`;
  const get = (etag: string) =>
    call({ url, key }, `GET ${path}`, { headers: { 'if-none-match': etag } });

  const first = await get('""');
  const etag = String(first.headers['etag']);
  const again = await get(etag);
  await api.ok('createEvent', { body: buildEvent({ session_id }) });
  const changed = await get(etag);

  expect([first.status, again.status, changed.status]).toEqual([200, 304, 200]);
  expect(again.text).toBe('');
});

test('10,000 events are one answer, compressed to a fraction', async () => {
  const session_id = randomUUID();
  const events = Array.from({ length: 10_000 }, (_each, index) =>
    buildEvent({
      session_id,
      event_name: `step ${index % 20}`,
      start_time: t0 + index * 3,
      duration: index % 50,
    }),
  );
  await api.ok('createEventBatch', { body: { events } });

  const answer = await request(`${url}/v1/explore/sessions/${session_id}/skeleton`, {
    headers: { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip, br' },
  });
  const packed = Buffer.from(await answer.body.arrayBuffer());
  const skeleton = JSON.parse(brotliDecompressSync(packed).toString()) as Skeleton;

  expect(answer.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
  expect(packed.length).toBeLessThan(400 * 1024);
  expect(skeleton.ids).toHaveLength(10_001);
  expect(skeleton.complete).toBe(true);
});

test('answers 404 for a session that does not exist, or was deleted', async () => {
  const session_id = await startSession();
  await api.ok('deleteSession', { params: { session_id } });

  for (const id of [session_id, randomUUID()]) {
    const refusal = await api.refused('exploreSkeleton', 404, { params: { session_id: id } });
    expect(refusal.errorCode).toBe('not_found');
  }
});
