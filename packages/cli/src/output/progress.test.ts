import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

function fakeTerminal(isInteractive: boolean) {
  const notes: string[] = [];
  const terminal: Terminal = {
    env: {},
    isInteractive,
    columns: 80,
    write: () => undefined,
    note: (text) => void notes.push(text),
  };
  return { terminal, notes };
}

const afterMs = (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, 'done'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('says nothing about what is done within two seconds', async () => {
  const { terminal, notes } = fakeTerminal(false);

  const work = withProgress(terminal, 'storing', () => afterMs(1_900));
  await vi.advanceTimersByTimeAsync(1_900);

  expect(await work).toBe('done');
  expect(notes).toEqual([]);
});

test('without a person: a line after two seconds, one every ten, and the time it took', async () => {
  const { terminal, notes } = fakeTerminal(false);

  const work = withProgress(terminal, 'storing', (report) => {
    report('4 of 9');
    return afterMs(13_000);
  });
  await vi.advanceTimersByTimeAsync(13_000);
  await work;

  expect(notes).toEqual([
    'storing: 4 of 9 … 2 s\n',
    'storing: 4 of 9 … 12 s\n',
    'storing: 13.00 s\n',
  ]);
});

test('for a person: one line that is overwritten', async () => {
  const { terminal, notes } = fakeTerminal(true);

  const work = withProgress(terminal, 'storing', () => afterMs(2_500));
  await vi.advanceTimersByTimeAsync(2_500);
  await work;

  expect(notes.length).toBeGreaterThan(2);
  expect(notes.every((note) => note.startsWith('\r\u001B[K'))).toBe(true);
  expect(notes.at(-1)).toBe('\r\u001B[Kstoring: 2.50 s\n');
});

test('a failure ends the progress, too', async () => {
  const { terminal } = fakeTerminal(false);

  await expect(
    withProgress(terminal, 'storing', () => Promise.reject(new Error('full'))),
  ).rejects.toThrow('full');
  expect(vi.getTimerCount()).toBe(0);
});
