import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Fifo } from './fifo.ts';

// The flag applies to the whole process, so this test needs a separate one.
test('an item that was taken is released immediately', async () => {
  const fifo = new Fifo<object>();
  const taken = (() => {
    fifo.push({});
    return new WeakRef(fifo.shift() ?? fifo);
  })();
  // A weak reference holds until the end of the turn in which it was made.
  await new Promise((resolve) => setImmediate(resolve));

  setFlagsFromString('--expose-gc');
  // A context that is made after the flag has the function.
  runInNewContext('gc()');

  expect(fifo.length).toBe(0);
  expect(taken.deref()).toBeUndefined();
});
