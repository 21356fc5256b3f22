import { expect, test } from 'vitest';
import { listenForAbort } from './abort-listener.ts';
import { Canceller } from './cancellation.ts';

const canceller = new Canceller();
const platform = new AbortController();

test.each([
  ['a canceller', canceller, canceller],
  ['an AbortController', platform, platform.signal],
])('%s tells each listener once, with the first reason', (_name, controller, signal) => {
  const heard: string[] = [];
  listenForAbort(signal, () => heard.push('first'));
  const stop = listenForAbort(signal, () => heard.push('second'));
  listenForAbort(signal, () => heard.push('third'));
  expect(signal.aborted).toBe(false);

  stop();
  controller.abort('over');
  controller.abort('again');

  expect(heard).toEqual(['first', 'third']);
  expect(signal.aborted).toBe(true);
  expect(signal.reason).toBe('over');
});

test('whoever leaves while others are told is not told', () => {
  const canceller = new Canceller();
  const heard: string[] = [];
  const late = () => heard.push('late');
  canceller.addEventListener('abort', () => canceller.removeEventListener('abort', late));
  canceller.addEventListener('abort', late);

  canceller.abort('over');

  expect(heard).toEqual([]);
});
