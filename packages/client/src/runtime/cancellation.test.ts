import { expect, test } from 'vitest';
import { listenForAbort } from './abort-listener.ts';
import { Canceller } from './cancellation.ts';

const canceller = new Canceller();
const platform = new AbortController();

test.each([
  ['a canceller', canceller, canceller],
  ['an AbortController', platform, platform.signal],
])('%s tells each listener once, with the first reason', (_name, controller, signal) => {
  const received: string[] = [];
  listenForAbort(signal, () => received.push('first'));
  const stop = listenForAbort(signal, () => received.push('second'));
  listenForAbort(signal, () => received.push('third'));
  expect(signal.aborted).toBe(false);

  stop();
  controller.abort('over');
  controller.abort('again');

  expect(received).toEqual(['first', 'third']);
  expect(signal.aborted).toBe(true);
  expect(signal.reason).toBe('over');
});

test('a listener removed during notification is not called', () => {
  const canceller = new Canceller();
  const received: string[] = [];
  const late = () => received.push('late');
  canceller.addEventListener('abort', () => canceller.removeEventListener('abort', late));
  canceller.addEventListener('abort', late);

  canceller.abort('over');

  expect(received).toEqual([]);
});
