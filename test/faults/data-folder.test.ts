import {
  buildEvent,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  runCommand,
  startService,
} from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';

const dataDir = await makeDataDir();
let service = await startService({ dataDir });
const { key } = service;
afterAll(async () => {
  await service.kill();
  await removeDataDir(dataDir);
});

const tryToServe = () =>
  runCommand(['serve'], { env: { HH_DATA_DIR: dataDir, HH_PORT: '0' }, timeoutMs: 30_000 });

test('a second service on the same folder is rejected, naming the holder', async () => {
  const { exitCode, output } = await tryToServe();

  expect(exitCode).toBeGreaterThan(0);
  expect(output).toContain(dataDir);
  expect(output).toContain(String(service.pid));
  expect(output).not.toMatch(/^\s+at .*\(/m);
  await createOperationCaller(service).ok('createEvent', { body: { event: buildEvent() } });
});

test('two services that start at once on one folder: one runs, one is refused', async () => {
  await service.kill('SIGTERM');

  const starts = await Promise.allSettled([
    startService({ dataDir, key }),
    startService({ dataDir, key }),
  ]);

  const [running, ...others] = starts.flatMap((start) =>
    start.status === 'fulfilled' ? [start.value] : [],
  );
  expect(others).toEqual([]);
  if (running === undefined) throw new Error('none of the two started');
  service = running;
});

test('a lock that a killed service left behind does not stand in the way', async () => {
  await service.kill('SIGKILL');

  service = await startService({ dataDir, key });

  expect(service.isRunning()).toBe(true);
  expect(service.output()).not.toContain('HH_API_KEY');
});
