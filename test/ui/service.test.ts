import { call, startService } from 'honeyhive-testkit';
import { expect, inject } from 'vitest';
import { expectAccessible } from './support/axe.ts';
import { takePicture } from './support/looks.ts';
import { screenLink } from './support/screen-link.ts';
import { test } from './support/ui-test.ts';

test('a sign-in that ended elsewhere is noticed in the window; another leads back to where one was', async ({
  ui,
}) => {
  const page = await ui.open('/events?t=7d');
  await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();

  await page.context().clearCookies();
  // What coming back to the window does.
  await page.evaluate(() =>
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  );
  await page.getByLabel('API key').fill(ui.project.key);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
  expect(page.url()).toMatch(/\/events\?t=7d$/);
});

test('the whole UI works below a base path', async ({ ui }) => {
  const service = await startService({ env: { HH_BASE_PATH: '/tools/honeyhive' } });
  try {
    const url = `${service.url}/tools/honeyhive`;
    const page = await ui.open('/', { url, key: null });
    await page.getByLabel('API key').fill(service.key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Send data' }).waitFor();
    expect(page.url()).toBe(`${url}/p/default/start`);

    await screenLink(page, 'Charts').click();
    await page.getByRole('heading', { level: 1, name: 'Charts' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Charts' }).waitFor();

    expect(page.url()).toBe(`${url}/p/default/charts`);
    expect(await page.context().cookies()).toMatchObject([{ path: '/tools/honeyhive' }]);
    // What it would still fetch must not fail for want of the service.
    await page.close();
  } finally {
    await service.stop();
  }
});

test('while the service is away the page stays and says so; when it is back everything is asked for again', async ({
  ui,
}) => {
  const service = await startService();
  const { dataDir, key, url } = service;
  let again: typeof service | undefined;
  try {
    const expectedProblems = ['ERR_CONNECTION_REFUSED'];
    const page = await ui.open('/p/default/sessions', { url, key, expectedProblems });
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();

    // The code of all screens is asked for at once: here is all of it.
    await page.waitForFunction(() => {
      const links = [...document.querySelectorAll<HTMLLinkElement>('link[href*="/assets/"]')];
      const wanted = links.map(({ href }) => href);
      const here = new Set(performance.getEntriesByType('resource').map(({ name }) => name));
      return (
        wanted.some((href) => href.includes('settings-screen')) &&
        wanted.every((href) => here.has(href))
      );
    });

    await service.kill();
    await screenLink(page, 'Events').click();
    await page.getByText('The service does not respond').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await takePicture(page, 'unreachable');
    await expectAccessible(page);

    again = await startService({ dataDir, key, port: Number(new URL(url).port) });
    await expect.poll(() => page.getByText('The service does not respond').count()).toBe(0);
  } finally {
    await again?.stop();
    await service.stop();
  }
});

test('the files of the page are compressed and cached, the page itself is not', async () => {
  const { url } = inject('service');
  const page = await call({ url }, 'GET /', {});
  const [, script = ''] =
    /rel="modulepreload"[^>]* href="(\/assets\/[^"]+\.js)"/.exec(page.text) ?? [];
  const answer = await fetch(url + script, { headers: { 'accept-encoding': 'br' } });

  expect(page.headers['cache-control']).toBe('no-cache');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-encoding')).toBe('br');
});

test('an address that no screen has says so, in the frame', async ({ ui }) => {
  const page = await ui.open('/nowhere');
  await page.getByText('There is nothing at this URL').waitFor();
  await expectAccessible(page);
});

test('a project that the key cannot see is missing', async ({ ui }) => {
  const page = await ui.open('/p/somebody%20else/sessions');
  await page.getByText('There is no project “somebody else”').waitFor();
  await expectAccessible(page);
});
