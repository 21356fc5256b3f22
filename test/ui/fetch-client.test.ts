import { startService } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { afterAll, expect, inject, test } from 'vitest';
import { bundleForBrowser } from '../conformance/client/edge/bundle.ts';
import { everyAnswer } from '../conformance/client/every-method.ts';

const { code } = await bundleForBrowser('page.ts');

const html = `<!doctype html><title>application</title>
<script type="module">import { run } from '/bundle.js'; globalThis.run = run;</script>`;

/** The page of an application, which is of another origin than the service. */
const application = createServer((request, response) => {
  const isCode = request.url === '/bundle.js';
  response.setHeader('content-type', isCode ? 'text/javascript' : 'text/html');
  response.end(isCode ? code : html);
});
application.listen(0, '127.0.0.1');
await once(application, 'listening');
const origin = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;

const service = await startService({ env: { HH_LOG_LEVEL: 'warn', HH_CORS_ORIGINS: origin } });
const browser = await chromium.launch(inject('browserOptions'));
const context = await browser.newContext();
afterAll(async () => {
  await context.close();
  await browser.close();
  await service.stop();
  application.close();
});

/** Opens the application and calls every method of the client in it; what the page answers, or says. */
async function run(baseUrl: string, mark: string): Promise<unknown> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction("typeof run === 'function'");
  const options = JSON.stringify({ apiKey: service.key, baseUrl });
  return page.evaluate(`run(${options}, ${JSON.stringify(mark)}).catch(String)`);
}

test('every method does its work in a page of another origin, which the service lets in', async () => {
  const mark = randomUUID();

  const { close: _undefined, ...answers } = everyAnswer(mark);

  expect(await run(service.url, mark)).toEqual(answers);
});

test('a service that does not allow the origin of the page is a connection error', async () => {
  const outcome = await run(inject('service').url, randomUUID());

  expect(outcome).toMatch(/^HoneyHiveConnectionError/);
});
