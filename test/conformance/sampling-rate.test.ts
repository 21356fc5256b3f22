import { HoneyHive } from 'honeyhive';
import { buildEvent, call } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import type { SettingsIn } from 'honeyhive-wire';
import { beforeEach, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, id, key, name, url } = await openProject();
const set = (settings: SettingsIn) =>
  api.ok('updateProjectSettings', { params: { project_id: id }, body: settings });
const setRate = (sampling_rate: number) => set({ sampling_rate });
const isThere = async (event_id: string) =>
  (await api.send('getEvent', { params: { event_id } })).status === 200;

const noRules = {
  sampling_rate: 1,
  keep_errors: false,
  keep_feedback: false,
  sampling_by_source: null,
  sampling_by_event_type: null,
};
beforeEach(() => set(noRules));

test('a session is kept whole or left out whole, by whichever operation it comes', async () => {
  await setRate(0.5);
  const sessions = Array.from({ length: 30 }, () => randomUUID());
  let keptCount = 0;

  for (const session_id of sessions) {
    const [first, second, third] = [0, 1, 2].map(() => ({ ...buildEvent(), session_id }));
    const started = await api.ok('startSession', { body: { session: { session_id } } });
    const created = await api.ok('createEvent', { body: { event: first } });
    const batch = await api.ok('createEventBatch', { body: { events: [second] } });
    const traced = await api.ok('addSessionTraces', {
      params: { session_id },
      body: { logs: [third] },
    });
    const isKept = started['sampled'] !== false;
    keptCount += isKept ? 1 : 0;

    expect(started.session_id).toBe(session_id);
    expect(created.sampled).toBe(isKept ? undefined : false);
    for (const answer of [batch, traced]) {
      expect(answer).toMatchObject(
        isKept ? { created_count: 1 } : { created_count: 0, unsampled_count: 1, unsampled: [0] },
      );
    }
    const stored = await api.send('getSession', { params: { session_id } });
    expect(stored.status).toBe(isKept ? 200 : 404);
    if (isKept) expect(stored.body).toMatchObject({ event_count: 3 });
  }

  expect(keptCount).toBeGreaterThan(3);
  expect(keptCount).toBeLessThan(27);
});

test('a batch says which of its events were left out', async () => {
  await setRate(0.5);
  const events = Array.from({ length: 60 }, () => ({ ...buildEvent(), session_id: randomUUID() }));

  const result = await api.ok('createEventBatch', {
    body: { events: [...events, { event_type: 7 }] },
  });

  const places = new Set(result.unsampled);
  expect(result).toMatchObject({ failed_count: 1, errors: [{ index: 60 }] });
  expect(places.size).toBe(result.unsampled_count);
  expect(result.created_count + places.size).toBe(60);
  expect(result.event_ids).toEqual(
    events.flatMap(({ event_id }, place) => (places.has(place) ? [] : [event_id])),
  );
  for (const [place, { event_id }] of events.entries())
    expect(await isThere(event_id)).toBe(!places.has(place));
});

test('an update of what was left out is answered, and not kept for an event that never comes', async () => {
  await setRate(0);
  const event = { ...buildEvent(), session_id: randomUUID() };
  await api.ok('createEvent', { body: { event } });

  const updated = await api.ok('updateEvent', {
    body: { event_id: event.event_id, metadata: { late: true } },
  });

  expect(updated).toMatchObject({ success: true, sampled: false });
  expect(updated).not.toHaveProperty('held');
});

test('what is stored already is updated, whatever the rate is now', async () => {
  const event = { ...buildEvent(), session_id: randomUUID() };
  await api.ok('createEvent', { body: { event } });
  await setRate(0);

  await api.ok('updateEvent', { body: { event_id: event.event_id, metrics: { score: 1 } } });

  const stored = await api.ok('getEvent', { params: { event_id: event.event_id } });
  expect(stored.event.metrics).toEqual({ score: 1 });
});

test('a session that a batch shares is left out with its events', async () => {
  await setRate(0);
  const session_id = randomUUID();

  const result = await api.ok('createEventBatch', {
    body: { events: [buildEvent()], is_single_session: true, session_properties: { session_id } },
  });

  expect(result).toMatchObject({ created_count: 0, unsampled_count: 1 });
  await api.refused('getSession', 404, { params: { session_id } });
});

test('a client that samples at the same rate loses nothing more', async () => {
  await setRate(0.5);
  await using client = new HoneyHive({ apiKey: key, baseUrl: url, sampling: 0.5 });
  const events = Array.from({ length: 200 }, () => ({ ...buildEvent(), session_id: randomUUID() }));

  const result = await client.createEventsBatch(events);

  expect(client.stats().unsampled).toBe(result.unsampled_count);
  expect(result.created_count + (result.unsampled_count ?? 0)).toBe(200);
  expect(result.created_count).toBeGreaterThan(50);
});

test('a client that does not sample accounts for what the service left out', async () => {
  await setRate(0);
  await using client = new HoneyHive({ apiKey: key, baseUrl: url, project: name });

  client.logEvent({ event_type: 'tool', event_name: 'search', session_id: randomUUID() });
  const report = await client.flush();

  expect(report).toMatchObject({ sent: 1, stored: 0, dropped: { sampled_out: 1 } });
});

test('a session with an error is kept whole with what came before, in order and with its updates', async () => {
  await set({ sampling_rate: 0, keep_errors: true });
  const session_id = randomUUID();
  const [first, failed, late] = [0, 1, 2].map(() => ({ ...buildEvent(), session_id, error: null }));
  const started = await api.ok('startSession', { body: { session: { session_id } } });
  const created = await api.ok('createEvent', { body: { event: first } });
  await api.ok('updateEvent', { body: { event_id: first?.event_id, metadata: { late: true } } });
  const batch = await api.ok('createEventBatch', {
    body: { events: [{ ...failed, error: 'boom' }] },
  });
  await api.ok('createEvent', { body: { event: late } });

  const stored = await api.ok('getSession', { params: { session_id } });
  const { event } = await api.ok('getEvent', { params: { event_id: first?.event_id ?? '' } });
  expect([started['sampled'], created.sampled, batch.created_count]).toEqual([false, false, 1]);
  expect(stored).toMatchObject({ event_count: 3, error_count: 1 });
  expect(stored).not.toHaveProperty('partial');
  expect(event.metadata).toMatchObject({ late: true });
});

test('a session whose start was not seen is kept from its error on, and says that it may be partial', async () => {
  await set({ sampling_rate: 0, keep_errors: true });
  const session_id = randomUUID();
  await api.ok('createEvent', { body: { event: { ...buildEvent(), session_id, error: 'boom' } } });

  const { session } = await api.ok('exploreSkeleton', { params: { session_id } });
  expect(await api.ok('getSession', { params: { session_id } })).toMatchObject({ partial: true });
  expect(session.partial).toBe(true);
});

test('a session is kept for feedback that comes later', async () => {
  await set({ sampling_rate: 0, keep_feedback: true });
  const session_id = randomUUID();
  await api.ok('startSession', { body: { session: { session_id } } });
  await api.ok('createEvent', { body: { event: { ...buildEvent(), session_id, feedback: {} } } });

  const updated = await api.ok('updateEvent', {
    body: { event_id: session_id, feedback: { rating: 5 } },
  });

  expect(updated).not.toHaveProperty('sampled');
  expect(await api.ok('getSession', { params: { session_id } })).toMatchObject({
    event_count: 1,
    feedback: { rating: 5 },
  });
});

test('sources and types have their own rates', async () => {
  await set({
    sampling_rate: 0,
    sampling_by_source: { staging: 1 },
    sampling_by_event_type: { tool: 0 },
  });
  const [kept, gone] = [randomUUID(), randomUUID()];
  await api.ok('startSession', { body: { session: { session_id: kept, source: 'staging' } } });
  await api.ok('startSession', { body: { session: { session_id: gone, source: 'production' } } });
  const events = (['tool', 'chain'] as const).map((event_type) => ({
    ...buildEvent({ event_type }),
    session_id: kept,
  }));

  const result = await api.ok('createEventBatch', { body: { events } });

  expect(result).toMatchObject({ created_count: 1, unsampled: [0] });
  expect(await api.ok('getSession', { params: { session_id: kept } })).toMatchObject({
    event_count: 1,
    partial: true,
  });
  await api.refused('getSession', 404, { params: { session_id: gone } });
});

test('charts estimate what was sent from what was kept, where they are asked to', async () => {
  const project = await openProject();
  await project.api.ok('updateProjectSettings', {
    params: { project_id: project.id },
    body: { sampling_rate: 0.25, keep_errors: true },
  });
  const from = Date.UTC(2026, 0, 1);
  const count = 800;
  const events = Array.from({ length: count }, (_each, index) => ({
    event_type: 'tool',
    session_id: randomUUID(),
    start_time: from + index,
    duration: 5,
    ...(index % 10 === 0 ? { error: 'boom' } : {}),
  }));
  await project.api.ok('createEventBatch', { body: { events } });
  const isTool = { field: 'event_type', operator: 'is', value: 'tool', type: 'string' } as const;
  const ask = async (aggregation: 'count' | 'sum' | 'avg' | 'p95', estimated: boolean) => {
    const body = { from, to: from + 1_000, filters: [isTool], metric: 'error', aggregation };
    const chart = await project.api.ok('exploreChart', { body: { ...body, estimated } });
    return { estimated: chart.estimated, total: chart.series[0]?.total ?? 0 };
  };
  const { total: stored } = await ask('count', false);
  const { total, estimated } = await ask('count', true);

  expect(stored).toBeLessThan(count / 2);
  expect(estimated).toBe(true);
  expect(Math.abs(total - count)).toBeLessThan(count / 4);
  // Every error is stored, and none stands for another.
  expect(await ask('sum', true)).toEqual({ estimated: true, total: count / 10 });
  expect((await ask('avg', false)).total).toBeGreaterThan(0.2);
  expect((await ask('avg', true)).total).toBeCloseTo(count / 10 / total);
  expect(await ask('p95', true)).toEqual({ ...(await ask('p95', false)), estimated: false });
});

test('what was left out is counted', async () => {
  const read = async () => {
    const { text } = await call({ url }, 'GET /metrics');
    return Number(/^honeyhive_dropped_total\{reason="sampled_out"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };
  await setRate(0);
  const before = await read();

  await api.ok('createEventBatch', { body: { events: [buildEvent(), buildEvent()] } });

  expect(await read()).toBeGreaterThanOrEqual(before + 2);
});
