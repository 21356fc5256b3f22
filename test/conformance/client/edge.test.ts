import { HoneyHive } from 'honeyhive';
import { Miniflare } from 'miniflare';
import { randomUUID } from 'node:crypto';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { bundleForBrowser } from './edge/bundle.ts';
import { everyAnswer } from './every-method.ts';

const { url: baseUrl, key: apiKey } = inject('service');

const ours = /\/(?:packages\/(?:client|facts)\/src|test\/conformance\/client)\/[\w/-]+\.ts$/;

test('honeyhive/fetch bundles for the browser without a module of Node.js and without undici', async () => {
  const { code, modules } = await bundleForBrowser('page.ts');

  expect(modules.filter((id) => !ours.test(id))).toEqual([]);
  expect(modules.length).toBeGreaterThan(20);
  expect(code).not.toMatch(/\brequire\s*\(|__vite-browser-external/);
});

const plainMain = "export { worker as default } from './bundle.js';";

// Once: to bundle takes seconds on a machine with much to do, and so does the start of each worker.
const { code: workerCode } = await bundleForBrowser('worker.ts');
vi.setConfig({ testTimeout: 90_000 });

async function startWorker(main = plainMain): Promise<(path: string) => Promise<unknown>> {
  const worker = new Miniflare({
    modules: [
      { type: 'ESModule', path: 'main.js', contents: main },
      { type: 'ESModule', path: 'bundle.js', contents: workerCode },
    ],
    // Without the flag for compatibility with Node.js.
    compatibilityDate: '2026-01-01',
    bindings: { API_KEY: apiKey, API_URL: baseUrl },
  });
  onTestFinished(() => worker.dispose());
  return async (path) => (await worker.dispatchFetch(`http://worker${path}`)).json();
}

test('every method does its work in workerd, where there is no process', async () => {
  const ask = await startWorker();
  const mark = randomUUID();

  const { close: _undefined, ...answers } = everyAnswer(mark);

  expect(await ask(`/every-method?mark=${mark}`)).toEqual(answers);
});

test('in workerd one client serves many requests', async () => {
  const ask = await startWorker();
  const session_id = randomUUID();

  await Promise.all(['/a', '/b', '/c'].map((path) => ask(`${path}?mark=${session_id}`)));
  await ask(`/d?mark=${session_id}`);

  await using client = new HoneyHive({ apiKey, baseUrl });
  const { events } = await client.listEvents({ session_id, event_type: 'tool' });
  expect(events.map(({ event_name: name }) => name).toSorted()).toEqual(['/a', '/b', '/c', '/d']);
});

test('in workerd events that are logged are delivered after the response, with waitUntil', async () => {
  const ask = await startWorker();
  const session_id = randomUUID();

  const stored = await ask(`/background?mark=${session_id}`);

  await using client = new HoneyHive({ apiKey, baseUrl });
  const count = async () => (await client.listEvents({ session_id, event_type: 'tool' })).total;
  expect(stored).toBe(0);
  await expect.poll(count, { timeout: 60_000 }).toBe(250);
});

test('in workerd a client can be made outside of a request, and used in each', async () => {
  const ask = await startWorker(`
    import { env } from 'cloudflare:workers';
    import { HoneyHive } from './bundle.js';
    const client = new HoneyHive({ apiKey: env.API_KEY, baseUrl: env.API_URL });
    export default {
      fetch: async () => Response.json((await client.createSession({ session_name: 'kept' })).session_name),
    };
  `);

  expect(await Promise.all([ask('/'), ask('/')])).toEqual(['kept', 'kept']);
  expect(await ask('/')).toBe('kept');
});
