import {
  runCommand,
  makeDataDir,
  removeDataDir,
  startClickHouse,
  startService,
  createOperationCaller,
} from 'honeyhive-testkit';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createAuthority } from '../../packages/client/src/testing/certificates.ts';

const clickHouse = await startClickHouse();
const folder = await makeDataDir();
const authority = createAuthority();
const { cert, key } = authority.issue('localhost');

/** TLS in front of the server. */
const proxy = createServer({ cert, key }, (incoming, outgoing) => {
  const { method = 'GET', url = '/', headers } = incoming;
  const { hostname, port } = new URL(clickHouse.url);
  const forwarded = request({ hostname, port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(forwarded);
});
proxy.listen(0, '127.0.0.1');
await once(proxy, 'listening');
const { port } = proxy.address() as AddressInfo;
afterAll(async () => {
  proxy.close();
  proxy.closeAllConnections();
  await clickHouse.stop();
  await removeDataDir(folder);
});

const address = new URL(clickHouse.url);
const HH_CLICKHOUSE_URL = `https://${address.username}:${address.password}@localhost:${port}/tls`;

test('events go through TLS when the authority is named, and nowhere when it is not', async () => {
  const HH_CLICKHOUSE_CA_FILE = join(folder, 'ca.pem');
  await writeFile(HH_CLICKHOUSE_CA_FILE, authority.cert);

  const service = await startService({ env: { HH_CLICKHOUSE_URL, HH_CLICKHOUSE_CA_FILE } });
  const api = createOperationCaller(service);
  await api.ok('createEvent', { body: { event: { event_type: 'tool', event_name: 'sealed' } } });
  const { events } = await api.ok('exportEvents', { body: { limit: 10 } });
  await service.stop();
  const refused = await runCommand(['serve', '--port', '0'], {
    env: { HH_DATA_DIR: join(folder, 'data'), HH_CLICKHOUSE_URL },
  });

  expect(events.map(({ event_name }) => event_name)).toContain('sealed');
  expect(refused.output).toMatch(/The ClickHouse server cannot be used: UNABLE_TO_VERIFY/);
  expect(refused.exitCode).toBe(1);
});
