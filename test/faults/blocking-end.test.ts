import { startChild } from 'honeyhive-testkit';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, 'blocking', 'many-clients.mjs');
const count = 4;

/** A service that answers no batch before it has one of each client. */
async function startPatientService() {
  const waiting: ServerResponse[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      waiting.push(response);
      if (waiting.length < count) return;
      for (const each of waiting) {
        each.setHeader('content-type', 'application/json');
        each.end(JSON.stringify({ success: true, created_count: 1 }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    batches: () => waiting.length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test.each([
  ['on its own', 'natural', 0],
  ['through process.exit()', 'exit', 3],
])('all blocking clients deliver at once when the process ends %s', async (_way, how, code) => {
  await using service = await startPatientService();
  const child = startChild(process.execPath, [program, how, String(count)], {
    env: { HH_API_URL: service.url, HH_API_KEY: 'hh_key' },
  });

  const exit = await child.exited;

  expect([exit.code, child.output(), service.batches()]).toEqual([code, '', count]);
});
