import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';
import { costs, ofModel, send, usage } from './priced-project.ts';

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
