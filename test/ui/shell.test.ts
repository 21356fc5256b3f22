import { expect } from 'vitest';
import { expectAccessible } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
import { screenLink } from './support/screen-link.ts';
import { test } from './support/ui-test.ts';

const screens = [
  ['sessions', 'Sessions'],
  ['events', 'Events'],
  ['charts', 'Charts'],
  ['alerts', 'Alerts'],
  ['settings', 'Settings'],
  ['start', 'Send data'],
] as const;

test.for(looks)('the frame of the screens, %o', async ({ theme, size }, { ui }) => {
  const page = await ui.open('/sessions', { theme, size });
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();

  await takePicture(page, `sessions empty ${theme} ${size}`);
  await expectAccessible(page);

  await page.getByRole('button', { name: /Last 24 hours/ }).click();
  await page.getByRole('dialog', { name: 'Time range' }).waitFor();
  await takePicture(page, `range ${theme} ${size}`);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  await takePicture(page, `account ${theme} ${size}`);
});

test('every screen is reached by its link, has its heading and its title', async ({ ui }) => {
  const page = await ui.open('/');
  for (const [path, heading] of screens) {
    await screenLink(page, heading).click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(page.url()).toContain(`/${path}`);
    await expect.poll(() => page.title()).toBe(`${heading} · honeyhive`);
    await expectAccessible(page);
  }
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
});
