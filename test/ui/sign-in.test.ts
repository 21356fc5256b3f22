import { startService } from 'honeyhive-testkit';
import { expect } from 'vitest';
import { expectAria } from './support/aria.ts';
import { expectAccessible } from './support/axe.ts';
import { expectFocus } from './support/focus.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';

test.for(looks)('the sign-in screen, %o', async ({ theme, size }, { ui }) => {
  const page = await ui.open('/sessions', { key: null, theme, size });
  await page.getByRole('heading', { name: 'Sign in to honeyhive' }).waitFor();

  await takePicture(page, `sign-in ${theme} ${size}`);
  await expectAccessible(page);
  await expectAria(page, 'sign-in');
});

test('a key signs in, with the keyboard alone, and leads to where one wanted to go', async ({
  ui,
}) => {
  const page = await ui.open('/events?t=7d', { key: null });
  await expectFocus(page.getByLabel('API key'));

  await page.keyboard.type(ui.project.key);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
  expect(page.url()).toMatch(/\/events\?t=7d$/);
  expect(await page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  const kept = await page.evaluate(() =>
    JSON.stringify([localStorage, sessionStorage, location.href]),
  );
  expect(kept).not.toContain(ui.project.key);
});

test('an unknown key is refused in words, beside the field, which has the focus', async ({
  ui,
}) => {
  const page = await ui.open('/', { key: null });

  await page.getByLabel('API key').fill('hh_nobody');
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect
    .poll(() => page.getByRole('alert').textContent())
    .toContain('unknown, revoked or expired');
  await expectFocus(page.getByLabel('API key'));
  await expectAccessible(page);
});

test('signing out asks for a key, in every tab, and invalidates the cookie', async ({ ui }) => {
  const page = await ui.open('/sessions');
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  const cookies = await page.context().cookies();

  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('API key').waitFor();

  await page.context().addCookies(cookies);
  await page.reload();
  await page.getByLabel('API key').waitFor();
});

test('the link that the first start prints signs in, once, and leaves no trace in the address', async ({
  ui,
}) => {
  const service = await startService();
  try {
    const { url } = service;
    const [, link = ''] = /Open http:\/\/[^/]+(\S+)/.exec(service.output()) ?? [];

    const page = await ui.open(link, { url, key: null });
    await page.getByRole('heading', { level: 1, name: 'Send data' }).waitFor();
    expect(page.url()).toBe(`${url}/p/default/start`);

    const other = await ui.open(link, { url, key: null });
    await other.getByRole('alert').getByText('already used').waitFor();
    await expect.poll(() => other.url()).toBe(`${url}/`);
  } finally {
    await service.stop();
  }
});
