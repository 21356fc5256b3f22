import { expect, test } from 'vitest';
import { errorCodes } from './errors.ts';
import { toOpenApi } from './openapi.ts';
import { operationList, operations } from './operations.ts';

const document = toOpenApi('1.2.3');
const text = JSON.stringify(document);

test('every path of every operation is in the document, under its method', () => {
  const paths = document['paths'] as Record<string, Record<string, unknown>>;

  for (const { method, paths: list } of operationList) {
    for (const path of list) expect(paths[path]).toHaveProperty(method.toLowerCase());
  }
});

test('every reference points at a schema of the document', () => {
  const { schemas } = document['components'] as { schemas: Record<string, unknown> };
  const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name ?? '',
  );

  expect(references.filter((name) => !(name in schemas))).toEqual([]);
  expect(references.length).toBeGreaterThan(100);
});

test('operation ids are unique, and each row stands under its own name', () => {
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);

  expect(new Set(ids).size).toBe(ids.length);
  for (const [name, operation] of Object.entries(operations)) expect(operation.id).toBe(name);
});

test('no two operations claim the same method and path', () => {
  const claims = operationList.flatMap(({ method, paths }) =>
    paths.map((path) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`),
  );

  expect(new Set(claims).size).toBe(claims.length);
});

test('every error code an operation names is in the closed list', () => {
  for (const { errors } of operationList)
    for (const code of errors) expect(errorCodes).toHaveProperty(code);
});
