import { createOperationCaller, freePort, removeDataDir, makeDataDir } from 'honeyhive-testkit';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDifferences } from '../faults/account.ts';
import { openLedger } from '../faults/ledger.ts';
import { startLoad } from '../faults/load.ts';
import { openSharedStores } from '../support/shared-stores.ts';
import { startNginxWith } from './nginx.ts';

const project = 'default';
const guide = join(import.meta.dirname, '..', '..', 'docs', 'guide', 'several-servers.md');
const ports = [await freePort(), await freePort(), await freePort()];
const stores = await openSharedStores(ports.length);
const folder = await makeDataDir();
const { servers } = stores;
let balancer: ChildProcess;
let target = { url: '', key: '' };

/** As the guide configures it. */
async function startBalancer(port: number): Promise<ChildProcess> {
  const [, shown = ''] =
    /```nginx-balancer\n([\s\S]*?)```/.exec(await readFile(guide, 'utf8')) ?? [];
  const addresses = ports.map((each, index) => [`10.0.0.1${index + 1}:4040`, `127.0.0.1:${each}`]);
  const configured = addresses.reduce(
    (text, [from = '', to = '']) => text.replace(from, to),
    shown.replace('listen 8080', `listen 127.0.0.1:${port}`),
  );
  return startNginxWith(folder, configured);
}

beforeAll(async () => {
  for (const [index, port] of ports.entries()) await stores.start(index, port);
  const port = await freePort();
  balancer = await startBalancer(port);
  target = { url: `http://127.0.0.1:${port}`, key: stores.key };
});
afterAll(async () => {
  balancer.kill();
  await stores.close();
  await removeDataDir(folder);
});

test('no request fails while three servers behind a balancer are restarted one by one under load', async () => {
  const ledger = openLedger();
  const statuses = new Map<number, number>();
  const load = startLoad({
    target,
    project,
    ledger,
    onAnswer: ({ status }) => statuses.set(status, (statuses.get(status) ?? 0) + 1),
  });
  await load.progress(100);

  for (const [index, port] of ports.entries()) {
    await servers[index]?.kill('SIGTERM');
    await stores.start(index, port);
    await load.progress(100);
  }
  load.stop();
  await load.ended;

  expect([...statuses.keys()]).toEqual([200]);
  expect(load.counts.unanswered).toBe(0);
  for (const server of servers)
    expect(await findDifferences(createOperationCaller(server), project, ledger)).toEqual([]);
});
