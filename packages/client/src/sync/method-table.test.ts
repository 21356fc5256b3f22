import { expect, test } from 'vitest';
import { HoneyHiveClient } from '../client/client.ts';
import { HoneyHiveSync } from '../index.ts';
import { methodNames } from './method-table.ts';

const methodsOf = (prototype: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
    .map(([name]) => name);

/** Those of the other view alone: what it logs in the background is sent while the thread is free. */
const elsewhere = ['close', 'logEvent', 'logSession', 'flush', 'stats'];

test('the blocking view has every method of the client', () => {
  const expected = methodsOf(HoneyHiveClient.prototype).filter((name) => !elsewhere.includes(name));

  expect([...methodNames].toSorted()).toEqual(expected.toSorted());
  for (const name of [...methodNames, 'close']) {
    expect(HoneyHiveSync.prototype).toHaveProperty(name, expect.any(Function));
    expect(HoneyHiveSync.prototype).toHaveProperty([name, 'name'], name);
  }
});
