import { expect, test } from 'vitest';
import { HoneyHiveClient } from '../client/client.ts';
import { HoneyHiveSync } from '../sync.ts';
import { methodNames } from './method-table.ts';

const methodsOf = (prototype: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
    .map(([name]) => name);

test('the blocking view has every method of the client', () => {
  const expected = methodsOf(HoneyHiveClient.prototype).filter((name) => name !== 'close');

  expect([...methodNames].toSorted()).toEqual(expected.toSorted());
  for (const name of [...methodNames, 'close']) {
    expect(HoneyHiveSync.prototype).toHaveProperty(name, expect.any(Function));
    expect(HoneyHiveSync.prototype).toHaveProperty([name, 'name'], name);
  }
});
