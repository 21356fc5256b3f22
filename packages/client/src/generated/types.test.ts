import { readFileSync } from 'node:fs';
import * as wire from 'honeyhive-wire';
import { expect, test } from 'vitest';
import { renderSchemas, renderTypes } from '../../../../scripts/generate-types.mjs';
import { EventType } from '../wire/event-type.ts';
import { optionTable } from '../options/option-table.ts';
import { version } from '../wire/version.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the generated types are those of the contract as it is', () => {
  expect(read('./types.ts')).toBe(renderTypes(wire));
});

test('the generated schemas are those of the contract as it is', () => {
  expect(read('./schemas.ts')).toBe(renderSchemas(wire));
});

test('EventType has the kinds of the contract', () => {
  expect(Object.values(EventType)).toEqual(wire.eventType.options);
  expect(Object.keys(EventType)).toEqual(wire.eventType.options);
});

test('the version is that of the package', () => {
  expect(JSON.parse(read('../../package.json'))).toMatchObject({ version });
});

test('every option is documented where callers see it, with its environment and its aliases', () => {
  const options = read('../options/options.ts') + read('../options/delivery-options.ts');

  for (const [name, row] of Object.entries(optionTable)) {
    for (const spelling of [name, ...row.aliases]) expect(options).toContain(`readonly ${spelling}?:`);
    for (const variable of row.env) expect(options).toContain(`\`${variable}\``);
  }
});
