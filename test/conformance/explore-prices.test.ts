import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';
import { costs, ofModel, send, setPrices, usage } from './priced-project.ts';

test('a cost that the sender does not report is computed, and says so', async () => {
  const project = await openProject();
  const session = await send(project, [
    ofModel('gpt-4o'),
    ofModel('openai/gpt-4o-2024-08-06', { metadata: { cost: 7 } }),
    ofModel('house-model'),
    ofModel('silent', { outputs: {} }),
  ]);

  expect(await costs(project)).toEqual({
    'gpt-4o': [3.5, 'table'],
    'openai/gpt-4o-2024-08-06': [7, 'sender'],
    'house-model': [null, 'unknown'],
    silent: [null, null],
  });
  const { metadata } = await project.api.ok('getSession', { params: { session_id: session } });
  expect(metadata).toMatchObject({ cost: 10.5 });
  const { rows } = await project.api.ok('exploreRows', { body: { scope: 'sessions' } });
  expect(rows).toEqual([expect.objectContaining({ cost_usd: 10.5, unknown_cost_count: 1 })]);
});

test('an event says where its cost comes from, and the date of the price table while it gives the same', async () => {
  const project = await openProject();
  const events = [
    ofModel('gpt-4o', { event_id: randomUUID() }),
    ofModel('gpt-4o', { event_id: randomUUID(), metadata: { cost: 7 } }),
    ofModel('house-model', { event_id: randomUUID() }),
    ofModel('silent', { event_id: randomUUID(), outputs: {} }),
  ];
  await send(project, events);
  const { table } = await project.api.ok('explorePrices', { body: {} });
  const read = () =>
    Promise.all(
      events.map(async (event) => {
        const params = { event_id: 'event_id' in event ? String(event.event_id) : '' };
        const { cost_source, price_date } = await project.api.ok('exploreEvent', { params });
        return [cost_source, price_date];
      }),
    );

  expect(await read()).toEqual([
    ['table', table?.date],
    ['sender', null],
    ['unknown', null],
    [null, null],
  ]);
  await setPrices(project, [{ model: 'gpt-4o', input: 1, output: 1 }]);
  expect((await read())[0]).toEqual(['table', null]);
});

test('models without a price are counted and listed, beside the date of the prices', async () => {
  const project = await openProject();
  await send(project, [
    ofModel('house-model'),
    ofModel('house-model', { event_name: 'again', start_time: Date.now() }),
    ofModel('gpt-4o'),
  ]);

  const prices = await project.api.ok('explorePrices', { body: {} });

  expect(prices).toMatchObject({
    table: { version: expect.stringMatching(/^\d+\./), date: expect.stringMatching(/^20\d\d-/) },
    overrides: [],
    unknown: { events: 2, models: [{ model: 'house-model', events: 2, total_tokens: 2_200_000 }] },
  });
  expect(
    await project.api.ok('explorePrices', { body: { from: Date.now() + 60_000 } }),
  ).toMatchObject({ unknown: { events: 0, models: [] } });
});

test('an update that brings usage brings its cost', async () => {
  const project = await openProject();
  const session_id = await send(project, []);
  const { event_id } = await project.api.ok('createEvent', {
    body: { ...ofModel('gpt-4o', { outputs: {} }), session_id },
  });

  await project.api.ok('updateEvent', { body: { event_id, outputs: { usage } } });

  expect(await costs(project)).toEqual({ 'gpt-4o': [3.5, 'table'] });
});

test.each([
  [{ model: '', input: 1, output: 1 }],
  [{ model: 'a', input: -1, output: 1 }],
  [{ model: 'a', output: 1 }],
])('refuses the price %j', async (price) => {
  const { api, id } = await openProject();

  const refusal = await api.refused('updateProjectSettings', 400, {
    params: { project_id: id },
    body: { prices: [price] },
  });

  expect(refusal.issues?.[0]?.field).toMatch(/^prices/);
});
