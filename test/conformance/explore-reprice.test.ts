import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';
import { costs, ofModel, send, setPrices } from './priced-project.ts';

test('prices of the project come first, and reprice applies them to what is stored, once', async () => {
  const project = await openProject();
  await send(project, [
    ofModel('gpt-4o'),
    ofModel('house-model'),
    ofModel('paid', { metadata: { cost: 7 } }),
  ]);
  const prices = [
    { model: 'gpt-4*', input: 1, output: 1 },
    { model: 'house-*', input: 2, output: 0, cache_read: 0 },
    { model: 'paid', input: 100, output: 100 },
  ];
  const settings = await setPrices(project, prices);
  const reprice = (body: object) =>
    project.api.ok('exploreReprice', { body: { since: 0, ...body } });

  const tried = await reprice({ dry_run: true });

  expect(settings).toMatchObject({ prices });
  expect(tried).toMatchObject({ checked: 2, changed: 2, unknown: 0, cost_before: 3.5 });
  expect(tried.cost_after).toBeCloseTo(3.1, 9);
  expect(await costs(project)).toMatchObject({ 'house-model': [null, 'unknown'] });
  expect(await reprice({})).toEqual(tried);
  expect(await costs(project)).toEqual({
    'gpt-4o': [1.1, 'override'],
    'house-model': [2, 'override'],
    paid: [7, 'sender'],
  });
  expect(await reprice({})).toMatchObject({ checked: 2, changed: 0, next_cursor: null });
  expect(await reprice({ since: Date.now() + 60_000 })).toMatchObject({ checked: 0 });
});

test('reprice continues after the last event of the response before', async () => {
  const project = await openProject();
  const names = Array.from({ length: 501 }, (_, index) => `house-${index}`);
  await send(
    project,
    names.map((name) => ofModel(name)),
  );
  await setPrices(project, [{ model: 'house-*', input: 1, output: 0 }]);

  const first = await project.api.ok('exploreReprice', { body: { since: 0 } });
  const second = await project.api.ok('exploreReprice', {
    body: { since: 0, cursor: first.next_cursor ?? '' },
  });

  expect([first.changed, second.changed, second.next_cursor]).toEqual([500, 1, null]);
});

test('refuses a cursor that no response had', async () => {
  const { api } = await openProject();

  const refusal = await api.refused('exploreReprice', 400, { body: { since: 0, cursor: 'x' } });

  expect(refusal.issues?.[0]?.field).toBe('cursor');
});
