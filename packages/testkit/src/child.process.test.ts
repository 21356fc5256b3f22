import { expect, test } from 'vitest';
import { startChild } from './child.ts';

const run = (script: string, env: Record<string, string> = {}) =>
  startChild(process.execPath, ['-e', script], { env });

test('reports how a process ended and what it wrote', async () => {
  const child = run('console.log("out"); console.error("err"); process.exit(3)');

  const exit = await child.exited;

  expect(exit).toEqual({ code: 3, signal: null });
  expect(child.stdout()).toBe('out\n');
  expect(child.output()).toBe('out\nerr\n');
  expect(child.isRunning()).toBe(false);
});

test('waits for a line and ends the process on demand', async () => {
  const child = run('setInterval(() => {}, 1000); console.log("listening on 4711")');

  const [, port] = await child.waitForLine(/listening on (\d+)/, 10_000);
  const exit = await child.kill('SIGKILL');

  expect(port).toBe('4711');
  expect(exit).toEqual({ code: null, signal: 'SIGKILL' });
});

test('fails with the output when the process ends before the line', async () => {
  const child = run('console.log("something else")');

  await expect(child.waitForLine(/never/, 10_000)).rejects.toThrow('something else');
});

test("hides the caller's settings of the product from the process", async () => {
  process.env['HH_PORT'] = '1';
  const child = run('console.log(process.env.HH_PORT, process.env.HH_HOST)', { HH_HOST: 'here' });
  delete process.env['HH_PORT'];

  await child.exited;

  expect(child.stdout()).toBe('undefined here\n');
});
