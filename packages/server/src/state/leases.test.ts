import { expect, test } from 'vitest';
import { createLocalLeases } from './leases.ts';

test('work of one name runs once at a time, work of another beside it', async () => {
  const leases = createLocalLeases();
  const running: string[] = [];
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const work = (name: string) => async () => {
    running.push(name);
    await finished;
  };

  const first = leases.run('retention', work('first'));
  const second = leases.run('retention', work('second'));
  const other = leases.run('held updates', work('other'));

  expect(await second).toBe(false);
  expect(running).toEqual(['first', 'other']);
  finish();
  expect(await Promise.all([first, other])).toEqual([true, true]);
  expect(await leases.run('retention', work('third'))).toBe(true);
});

test('work that fails gives its lease back', async () => {
  const leases = createLocalLeases();
  const failing = leases.run('retention', async () => {
    throw new Error('broken');
  });

  await expect(failing).rejects.toThrow('broken');
  expect(await leases.run('retention', async () => undefined)).toBe(true);
});
