import {
  call,
  freePort,
  makeDataDir,
  removeDataDir,
  runCommand,
  startService,
} from 'honeyhive-testkit';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const firstKey = `hh_${'a1'.repeat(6)}_${'0Bc9'.repeat(8)}`;
const metricsKey = 'metrics-key-of-prometheus';
let folder = '';

beforeAll(async () => {
  folder = await makeDataDir();
});
afterAll(() => removeDataDir(folder));

async function secret(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

test('the first start takes the key of a file and prints none; the metrics have a port and their own key', async () => {
  const port = await freePort();
  const dataDir = join(folder, 'data');
  const env = {
    HH_FIRST_KEY_FILE: await secret('first-key', `${firstKey}\n`),
    HH_METRICS_PORT: String(port),
    HH_METRICS_KEY_FILE: await secret('metrics-key', `${metricsKey}\n`),
  };
  const service = await startService({ dataDir, key: firstKey, env });
  const metrics = { url: `http://127.0.0.1:${port}` };
  try {
    expect(service.output()).not.toMatch(/hh_|sign-in=/);
    expect((await call(service, 'GET /v1/keys')).status).toBe(200);

    expect((await call(service, 'GET /metrics')).status).toBe(404);
    expect(await call(metrics, 'GET /metrics')).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer', 'cache-control': 'no-store' },
      body: { errorCode: 'unauthenticated' },
    });
    expect((await call(metrics, 'GET /metrics', { key: firstKey })).status).toBe(401);
    const answer = await call(metrics, 'GET /metrics', { key: metricsKey });
    expect(answer.text).toContain('honeyhive_info');
    expect((await call(metrics, 'GET /events', { key: firstKey })).status).toBe(404);
    const foreign = { headers: { host: 'evil.example' }, key: metricsKey };
    expect((await call(metrics, 'GET /metrics', foreign)).status).toBe(421);
  } finally {
    await service.stop();
  }
  const later = await startService({
    dataDir,
    key: firstKey,
    env: { HH_FIRST_KEY_FILE: '/nowhere' },
  });
  const { status } = await call(later, 'GET /v1/keys');
  await later.stop();
  expect(status).toBe(200);
});

test.each([
  ['HH_FIRST_KEY_FILE', 'sk-no-key-of-ours', 'must hold one key', 'sk-no-key'],
  ['HH_FIRST_KEY_FILE', `${firstKey} ${firstKey}`, 'openssl rand', firstKey],
  ['HH_FIRST_KEY_FILE', null, 'cannot be read: ENOENT', '\n\n\n'],
  ['HH_METRICS_KEY_FILE', 'short', 'must hold 16 to 512', 'short"'],
  ['HH_METRICS_KEY_FILE', null, 'cannot be read: ENOENT', '\n\n\n'],
])('%s that holds %j ends the start with code 78', async (name, text, reason, hidden) => {
  const path = text === null ? join(folder, 'missing') : await secret('wrong', text);

  const { exitCode, output } = await runCommand(['serve'], {
    env: { HH_DATA_DIR: join(folder, 'refused'), HH_PORT: '0', [name]: path },
  });

  expect(exitCode).toBe(78);
  expect(output).toContain(name);
  expect(output).toContain(reason);
  expect(output).not.toContain(hidden);
});
