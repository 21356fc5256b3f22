import { startService } from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** A separate browser: unknown names resolve to this machine, and plain HTTP is not upgraded. */
let browser: Browser;
let service: RunningService;
let evil: Server;
/** The service as its visitors know it, and the page of a stranger. */
let own = '';
let foreign = '';

/** A form that signs its visitor in with the stranger's key: the body is JSON, whatever its type. */
const toForm = (target: string, key: string): string =>
  `<form id=f method=post enctype="text/plain" action="${target}/ui/session">
   <input name='{"api_key":"${key}","x":"' value='"}'></form><script>f.submit()</script>`;

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  own = `http://obs.test:${port}`;
  service = await startService({ port, env: { HH_PUBLIC_URL: own } });
  evil = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(request.url === '/form' ? toForm(own, service.key) : '<p>evil</p>');
  });
  foreign = `http://evil.test:${await listen(evil)}`;
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--host-resolver-rules=MAP *.test 127.0.0.1',
      '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await service?.stop();
  evil?.close();
});

/** Statuses of what the page is answered at this address. */
const statusOf = async (page: Page, url: string): Promise<number | undefined> =>
  (await page.goto(url))?.status();

test('a form of another site signs nobody in, over plain HTTP under a name', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const answered = page.waitForResponse((response) => response.url() === `${own}/ui/session`);

  await page.goto(`${foreign}/form`);
  const answer = await answered;

  expect(answer.request().headers()['content-type']).toContain('text/plain');
  expect([403, 415]).toContain(answer.status());
  expect(await context.cookies(own)).toEqual([]);
  await page.waitForLoadState();
  expect(await statusOf(page, `${own}/ui/session`)).toBe(401);
  await context.close();
});

test('a key typed into the page signs in, over plain HTTP under a name', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const failures: string[] = [];
  page.on('pageerror', ({ message }) => failures.push(message));

  await page.goto(`${own}/`);
  await page.getByLabel('API key').fill(service.key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();

  expect(failures).toEqual([]);
  expect(await statusOf(page, `${own}/ui/session`)).toBe(200);
  await context.close();
});
