import { operationList } from 'honeyhive-wire';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Files about the contract as a whole rather than one row of the table. */
const acrossOperations = [
  'answer-headers',
  'cors',
  'dot-segments',
  'event-size',
  'fair-reads',
  'hijack',
  'hijack-restart',
  'hosts',
  'keyless-body',
  'limits',
  'malformed',
  'metrics',
  'not-http',
  'operations-covered',
  'operator-keys',
  'origins',
  'project-bound',
  'project-isolation',
  'query-bounds',
  'rate-limits',
  'rename-project',
  'sampling-rate',
  'transport',
];

const toFileName = (id: string) => id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

test('every operation has its file, and every file its operation', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.test.ts'.length))
    .filter((name) => !acrossOperations.includes(name));

  expect(files.toSorted()).toEqual(operationList.map(({ id }) => toFileName(id)).toSorted());
});
