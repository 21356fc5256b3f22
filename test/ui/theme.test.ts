import { expect } from 'vitest';
import { test } from './support/ui-test.ts';

const dark = 'rgb(15, 16, 18)';
const light = 'rgb(255, 255, 255)';

test('a dark page is dark before its code has arrived', async ({ ui }) => {
  const page = await ui.open('/sessions', { theme: 'dark' });
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/assets/*.js', async (route) => {
    await held;
    await route.continue();
  });

  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(() => document.body !== null && document.styleSheets.length > 0);

  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await page.locator('#root').innerHTML()).toBe('');
  expect(await background()).toBe(dark);
  letGo();
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
});

test('a chosen theme wins over that of the system, and stays', async ({ ui }) => {
  const page = await ui.open('/sessions', { theme: 'dark' });
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Light' }).click();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect.poll(background).toBe(light);

  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();

  await expect.poll(background).toBe(light);
});

test('the page follows the system while that is what was chosen', async ({ ui }) => {
  const page = await ui.open('/sessions', { theme: 'light' });
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();

  await page.emulateMedia({ colorScheme: 'dark' });

  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect.poll(background).toBe(dark);
});

test('nothing moves for those who asked for that', async ({ ui }) => {
  const page = await ui.open('/sessions', { reducedMotion: true });
  await page.getByRole('button', { name: 'Search commands' }).click();
  await page.getByRole('dialog').waitFor();

  const durations = await page.evaluate(() =>
    document.getAnimations().map((animation) => animation.effect?.getTiming().duration),
  );

  expect(durations.filter((duration) => duration !== 0)).toEqual([]);
});
