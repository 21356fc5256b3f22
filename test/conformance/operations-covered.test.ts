import { operationList } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Files about the contract as a whole rather than one row of the table. */
const acrossOperations = [
  'alert-details',
  'answer-headers',
  'cors',
  'dot-segments',
  'event-size',
  'event-times',
  'fair-reads',
  'grpc',
  'hijack',
  'hijack-restart',
  'hosts',
  'id-finds-project',
  'keyless-body',
  'limits',
  'malformed',
  'metrics',
  'not-http',
  'odd-times',
  'operations-covered',
  'operator-keys',
  'origins',
  'project-bound',
  'project-isolation',
  'query-bounds',
  'rate-limits',
  'reads-by-session',
  'rename-project',
  'same-id-again',
  'sampling-rate',
  'trace-rows',
  'sessions-of-a-range',
  'ties',
  'trace-sessions',
  'transport',
  'use-counts-once',
];

const toFileName = (id: string) => id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => name.slice(0, -'.test.ts'.length))
  .filter((name) => !acrossOperations.includes(name));

/** The file of an operation: its own, or one of all operations of its tag that calls it. */
function findFile({ id, tag }: Operation): string | undefined {
  const own = toFileName(id);
  if (files.includes(own) || !files.includes(tag)) return files.find((name) => name === own);
  const text = readFileSync(join(import.meta.dirname, `${tag}.test.ts`), 'utf8');
  return text.includes(`'${id}'`) ? tag : undefined;
}

test('every operation has its file, or is called in that of its tag', () => {
  const missing = operationList.filter((operation) => findFile(operation) === undefined);

  expect(missing.map(({ id }) => id)).toEqual([]);
});

test('every file has its operation', () => {
  const used = new Set(operationList.map(findFile));

  expect(files.filter((name) => !used.has(name))).toEqual([]);
});
