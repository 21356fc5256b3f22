import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { costRow, fieldRows, tokenRows } from '../../packages/server/src/otlp/fields.ts';

const page = await readFile(new URL('../../docs/guide/opentelemetry.md', import.meta.url), 'utf8');

test.each(
  [...fieldRows, ...tokenRows, costRow].map((row) => [`${row.bucket}.${row.field}`, row] as const),
)('the guide says in which order %s is looked for', (name, { from }) => {
  const line = page.split('\n').find((each) => each.startsWith(`| \`${name}\``)) ?? '';

  expect([...line.matchAll(/`([^`]+)`/g)].map(([, word]) => word)).toEqual([name, ...from]);
});
