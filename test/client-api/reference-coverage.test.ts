import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { referenceItems } from './reference-items.mjs';
import { findReferenceTests } from './reference-tests.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every class, method, option, exception, variable and example of the client API reference has a test named after it', () => {
  const found = findReferenceTests(root);

  expect(found).toHaveLength(referenceItems.length);
  expect(found.filter(({ files }) => files.length === 0).map(({ ours }) => ours)).toEqual([]);
});

test('no item of the client API reference is listed twice', () => {
  const names = referenceItems.map(([kind, reference]) => `${kind} ${reference}`);

  expect(new Set(names).size).toBe(names.length);
});
