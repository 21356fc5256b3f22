import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { seedItems } from './seed-items.mjs';
import { findSeedTests } from './seed-tests.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every class, method, option, exception, variable and example of the seed has a test named after it', () => {
  const found = findSeedTests(root);

  expect(found).toHaveLength(seedItems.length);
  expect(found.filter(({ files }) => files.length === 0).map(({ ours }) => ours)).toEqual([]);
});

test('no item of the seed is listed twice', () => {
  const names = seedItems.map(([kind, seed]) => `${kind} ${seed}`);

  expect(new Set(names).size).toBe(names.length);
});
